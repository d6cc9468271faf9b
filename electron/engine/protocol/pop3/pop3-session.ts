import type { ErrorDetail } from '../../../../shared/errors/mail-error.ts'
import { MailError, withDetail } from '../../../../shared/errors/mail-error.ts'
import { stopped, upgradeToTls } from '../connect-tls.ts'
import type { IncomingTarget } from '../incoming-target.ts'
import { collectBody } from '../line/collect-body.ts'
import { openTunnel } from '../tunnel.ts'
import type { BodySink } from '../line/line-connection.ts'
import { LineConnection } from '../line/line-connection.ts'
import { bearerForms } from '../sasl/bearer.ts'
import { fetchInOrder, type FetchPlan, inMemory, type Receiver } from './fetch-in-order.ts'
import { judgePop3 } from './pop3-errors.ts'
import { logOnPop3, refuseControlCharacters } from './pop3-log-on.ts'
import type { Pop3Capabilities } from './pop3-replies.ts'
import { readCapabilities, readList, readStat, readUidl } from './pop3-replies.ts'
import { openSocket, socketIn } from './pop3-socket.ts'
import { Pop3Wire } from './pop3-wire.ts'

export interface Pop3Target extends IncomingTarget {
  /** false: one command at a time, even if the server offers PIPELINING. */
  readonly mayPipeline?: boolean
}

/** Hears of each message that the server refuses; without it the first such refusal is thrown in the end. */
export type RefusalListener = (number: number, error: unknown) => void

/** Connects, encrypts, and signs in. Never goes on in plain text when the account asks for encryption. `trace` never sees a secret. */
export async function openPop3Session(target: Pop3Target, signal: AbortSignal, trace?: (line: string) => void): Promise<Pop3Session> {
  const detail: ErrorDetail = {
    account: target.accountName,
    server: target.host,
    port: target.port,
    protocol: 'POP3',
    secure: target.security,
    user: target.user,
  }
  if (signal.aborted) throw withDetail(stopped(signal), detail)
  refuseControlCharacters(target, detail)
  const redact = withoutSecretsOf(target)
  const tunnel = await openTunnel(target, { ...detail, action: 'connect' }, signal)
  const connection = new LineConnection({
    socket: tunnel ? socketIn(tunnel, target) : openSocket(target),
    judge: judgePop3,
    timeoutMs: target.timeoutMs,
    signal,
    ...(trace ? { trace: (line: string) => trace(redact(line)) } : {}),
  })
  tunnel?.resume()
  const wire = new Pop3Wire(connection, detail, redact)
  try {
    const capabilities = await signOn(wire, target, signal)
    return new Pop3Session(wire, capabilities, target.mayPipeline !== false && capabilities.has('PIPELINING'))
  } catch (error) {
    connection.fail(error)
    throw error
  }
}

/** From the greeting to a session that may read mail. */
async function signOn(wire: Pop3Wire, target: Pop3Target, signal: AbortSignal): Promise<Pop3Capabilities> {
  const { connection } = wire
  const greeting = await wire.ask({ text: '', action: 'connect', refusedMeans: 'server-busy' })
  if (target.security === 'starttls') {
    // Asked for without looking at CAPA first: whoever can change that list could also take STLS out of it.
    await wire.ask({ text: 'STLS', action: 'encrypt the connection', refusedMeans: 'encryption-unavailable' })
    const { host, trust, timeoutMs } = target
    await wire.during('encrypt the connection', () =>
      connection.upgrade((plain) => upgradeToTls({ socket: plain, host, trust, timeoutMs, signal })),
    )
  }
  const capabilities = await askCapabilities(wire)
  const logOn = { ...target, greeting, capabilities, isEncrypted: target.security !== 'none' }
  const reply = await wire.during('sign in', () => logOnPop3(connection, logOn))
  wire.accept(reply, 'sign-in-refused', 'sign in')
  return capabilities
}

/** Empty when the server does not know CAPA (RFC 2449). */
async function askCapabilities(wire: Pop3Wire): Promise<Pop3Capabilities> {
  const { sink, body } = collectBody()
  const reply = await wire.during('ask for capabilities', () => wire.connection.send({ text: 'CAPA', sink }))
  return reply.isOk ? readCapabilities(body()) : new Map()
}

function withoutSecretsOf({ user, password }: Pop3Target): (text: string) => string {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const secrets = [base64(`\0${user}\0${password}`), base64(password), password, ...bearerForms(user, password)].filter(Boolean)
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}

/**
 * With PIPELINING (RFC 2449): a line with a round trip of 50 ms does not run dry while a batch is stored, and 6 KB of commands are few
 * enough for any server's buffers.
 */
const pipelineWindow = 512
/** Of a message whose size nobody has asked for. */
const likelyBytes = 32_000
const likelyHeaderBytes = 4000

/** A signed-in connection. Message numbers are valid for its time only. After a failure that is not a plain refusal it is over. */
export class Pop3Session {
  readonly capabilities: Pop3Capabilities
  /** Whether several commands are on their way at once. */
  readonly isPipelining: boolean
  readonly #wire: Pop3Wire
  /** As LIST has told them. */
  readonly #sizes = new Map<number, number>()

  constructor(wire: Pop3Wire, capabilities: Pop3Capabilities, isPipelining: boolean) {
    this.#wire = wire
    this.capabilities = capabilities
    this.isPipelining = isPipelining
  }

  async stat(): Promise<{ readonly count: number; readonly bytes: number }> {
    const action = 'count the messages'
    const line = await this.#wire.ask({ text: 'STAT', action })
    const stat = readStat(line)
    if (stat) return stat
    return this.#wire.during(action, () => Promise.reject(new MailError('server-misbehaved', 'STAT gave no numbers.', { reply: line })))
  }

  async list(): Promise<readonly { readonly number: number; readonly size: number }[]> {
    const { sink, body } = collectBody()
    try {
      await this.#wire.ask({ text: 'LIST', action: 'read the list of messages', sink })
      const list = readList(body())
      for (const { number, size } of list) this.#sizes.set(number, size)
      return list
    } catch (error) {
      if (await this.#isRefusalOfNothing(error)) return []
      throw error
    }
  }

  /** undefined: the server has no UIDL. */
  async uidl(): Promise<readonly { readonly number: number; readonly uidl: string }[] | undefined> {
    const { sink, body } = collectBody()
    try {
      await this.#wire.ask({ text: 'UIDL', action: 'read the list of messages', sink })
      return readUidl(body())
    } catch (error) {
      if (!isPlainRefusal(error)) throw error
      return (await this.stat()).count === 0 ? [] : undefined
    }
  }

  /** Hands on the message's bytes as they come; a promise of the sink makes the server wait. */
  async retrieve(number: number, sink: BodySink): Promise<void> {
    await this.#wire.ask({ text: `RETR ${number}`, action: `fetch message ${number}`, refusedMeans: 'message-missing', sink })
  }

  /**
   * Fetches whole messages and hands them on one at a time, in the order of `numbers`. About 8 MB wait for `handle` at most, then the
   * server has to. Messages that are gone do not stop the others: the first such error is thrown in the end. When `handle` throws, the
   * session is over.
   */
  retrieveAll(numbers: readonly number[], handle: (number: number, raw: Buffer) => void | Promise<void>): Promise<void> {
    return this.#fetchAll({ numbers, handle, receive: inMemory, ...this.#retrieving })
  }

  /** The same, with bodies that need not be held in memory. */
  retrieveTo<T>(job: FetchJob<T>): Promise<void> {
    return this.#fetchAll({ ...job, ...this.#retrieving })
  }

  /** Header and the first `lines` lines of the text. Throws 'unsupported' where the server has no TOP. */
  async top(number: number, lines: number): Promise<Buffer> {
    const { sink, body } = collectBody()
    await this.#top(number, lines, sink)
    return body()
  }

  /** Headers only, otherwise as `retrieveAll`. */
  topAll(
    numbers: readonly number[],
    handle: (number: number, raw: Buffer) => void | Promise<void>,
    onRefused?: RefusalListener,
  ): Promise<void> {
    return this.#fetchAll({
      numbers,
      handle,
      receive: inMemory,
      onRefused,
      fetch: (number, sink) => this.#top(number, 0, sink),
      bytesOf: () => likelyHeaderBytes,
    })
  }

  /** Marks it; the server deletes when `quit` is answered. */
  async delete(number: number): Promise<void> {
    await this.#wire.ask({ text: `DELE ${number}`, action: `delete message ${number}`, refusedMeans: 'message-missing' })
  }

  /** `delete` for many. `onRefused` hears of those that the server does not have. */
  deleteAll(numbers: readonly number[], onRefused: RefusalListener): Promise<void> {
    return fetchInOrder({
      numbers,
      window: this.#window,
      receive: inMemory,
      fetch: (number) => this.delete(number),
      bytesOf: () => 0,
      handle: () => {},
      isAboutOneMessage,
      onRefused,
    })
  }

  async noop(): Promise<void> {
    await this.#wire.ask({ text: 'NOOP', action: 'keep the connection' })
  }

  /** Takes all `delete` back. */
  async reset(): Promise<void> {
    await this.#wire.ask({ text: 'RSET', action: 'take deletions back' })
  }

  /** Resolves only when the server has said that everything is done; otherwise nobody knows what was deleted. */
  async quit(): Promise<void> {
    try {
      await this.#wire.ask({ text: 'QUIT', action: 'end the session', refusedMeans: 'server-busy' })
    } finally {
      this.destroy()
    }
  }

  /** Hangs up. The server takes deletions back. */
  destroy(): void {
    this.#wire.connection.fail(new MailError('cancelled', 'The session was closed.'))
  }

  async #top(number: number, lines: number, sink: BodySink): Promise<void> {
    await this.#wire.ask({
      text: `TOP ${number} ${lines}`,
      action: `fetch the header of message ${number}`,
      refusedMeans: this.capabilities.size > 0 && !this.capabilities.has('TOP') ? 'unsupported' : 'message-missing',
      sink,
    })
  }

  get #window(): number {
    return this.isPipelining ? pipelineWindow : 1
  }

  readonly #retrieving: Asking = {
    fetch: (number, sink) => this.retrieve(number, sink),
    bytesOf: (number) => this.#sizes.get(number) ?? likelyBytes,
  }

  async #fetchAll<T>(job: FetchJob<T> & Asking): Promise<void> {
    await fetchInOrder({
      ...job,
      window: this.#window,
      handle: async (number, body) => {
        try {
          await job.handle(number, body)
        } catch (error) {
          // What is still on its way would have nobody to go to.
          this.#wire.connection.fail(error)
          throw error
        }
      },
      isAboutOneMessage,
    })
  }

  /** Exchange and others refuse LIST and UIDL when there is no mail at all (KB244334). */
  async #isRefusalOfNothing(error: unknown): Promise<boolean> {
    return isPlainRefusal(error) && (await this.stat()).count === 0
  }
}

/** One kind of command for many messages. */
type Asking = Pick<FetchPlan<unknown>, 'fetch' | 'bytesOf'>

export interface FetchJob<T> {
  readonly numbers: readonly number[]
  readonly receive: (number: number) => Receiver<T>
  /** One at a time, in the order of `numbers`. When it throws, the session is over. */
  readonly handle: (number: number, body: T) => void | Promise<void>
  readonly onRefused?: RefusalListener | undefined
}

function isAboutOneMessage(error: unknown): boolean {
  return error instanceof MailError && error.code === 'message-missing'
}

/** A -ERR that says nothing more: no response code, and the connection lives. */
function isPlainRefusal(error: unknown): boolean {
  return error instanceof MailError && error.code === 'server-misbehaved' && /^-ERR\b/i.test(error.detail.reply ?? '')
}
