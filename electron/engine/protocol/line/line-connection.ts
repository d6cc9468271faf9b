import type { Socket } from 'node:net'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { stopped } from '../connect-tls.ts'
import { DotDecoder } from './dot-stuffing.ts'
import { LineReader } from './line-reader.ts'

/** What a status line says: POP3 `+OK`, `-ERR`, `+ `; NNTP 2xx, 4xx and 5xx, 3xx. */
export type Verdict = 'ok' | 'refused' | 'continue' | 'garbage'

export interface Reply {
  readonly isOk: boolean
  /** The status line without its end. */
  readonly line: string
}

/**
 * Takes the decoded body in pieces, as they come; a piece stays valid, but keeps the up to 64 KB alive that it was received with.
 * When a promise is returned, no more is read from the network until it settles; pieces that came in the same packet still follow at once.
 * A throw ends the connection with that error.
 */
export type BodySink = (piece: Buffer) => void | Promise<void>

export interface LineCommand {
  /** Without line end. Empty for a greeting: nothing is sent, a line is awaited. */
  readonly text: string
  /** For trace and errors, when `text` holds a secret. */
  readonly shown?: string
  /** Given: a body follows a good status line. */
  readonly sink?: BodySink
  /** Answers an intermediate line such as `+ <challenge>`. The answer is never traced. */
  readonly onContinue?: (line: string) => string
}

export interface LineConnectionOptions {
  readonly socket: Socket
  readonly judge: (line: string) => Verdict
  /** How long the server may be silent while it owes us an answer. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Sees commands and status lines, never a secret or a body. */
  readonly trace?: (line: string) => void
}

interface Pending extends LineCommand {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: unknown) => void
}

/**
 * Commands and replies of a line protocol over one socket. Commands may be sent before earlier ones are answered; those of one turn of
 * the event loop leave in one write. Every failure ends the connection: nobody knows to which command the next byte would belong.
 */
export class LineConnection {
  readonly #options: LineConnectionOptions
  #socket: Socket
  #pending: Pending[] = []
  #outgoing: string[] = []
  #lines = new LineReader()
  #body: { readonly decoder: DotDecoder; readonly reply: Reply } | undefined
  #held: Promise<void>[] = []
  #isHolding = false
  #failure: unknown
  #timer: NodeJS.Timeout | undefined
  #lastHeardAt = 0
  readonly #stop = () => {
    if (this.#options.signal) this.fail(stopped(this.#options.signal))
  }

  constructor(options: LineConnectionOptions) {
    this.#options = options
    this.#socket = options.socket
    this.#attach(options.socket)
    options.signal?.addEventListener('abort', this.#stop, { once: true })
    if (options.signal?.aborted) this.#stop()
  }

  /** Resolves with the reply, good or not, after the body has gone to the sink. Rejects when the connection fails. */
  send(command: LineCommand): Promise<Reply> {
    if (this.#failure) return Promise.reject(this.#failure)
    if (/[\r\n\0]/.test(command.text)) {
      return Promise.reject(new MailError('bad-input', 'A line break can not be part of a command.'))
    }
    return new Promise((resolve, reject) => {
      if (this.#pending.length === 0) this.#lastHeardAt = performance.now()
      this.#pending.push({ ...command, resolve, reject })
      if (command.text) {
        this.#options.trace?.(`C: ${shownAs(command)}`)
        this.#write(command.text)
      }
      this.#watch()
    })
  }

  /**
   * Puts another socket, made by `wrap` on top of this one, in its place: for STLS. Whatever the server sent behind its last reply was
   * not encrypted and might be somebody else's, so it ends the connection.
   */
  async upgrade(wrap: (plain: Socket) => Promise<Socket>): Promise<void> {
    if (!this.#failure && (this.#pending.length > 0 || this.#lines.isInside || this.#socket.readableLength > 0)) {
      this.fail(new MailError('server-misbehaved', 'The server went on talking before the encryption began.'))
    }
    if (this.#failure) throw this.#failure
    const plain = this.#socket
    for (const event of ['data', 'error', 'close']) plain.removeAllListeners(event)
    // What breaks the plain socket now is reported by the one on top; without a listener Node would end the process.
    plain.on('error', () => {})
    try {
      this.#socket = await wrap(plain)
    } catch (error) {
      this.fail(error)
    }
    if (this.#failure) {
      this.#socket.destroy()
      throw this.#failure
    }
    this.#attach(this.#socket)
  }

  /** Ends the connection at once; whatever waits for an answer is rejected with `error`. The first failure counts. */
  fail(error: unknown): void {
    if (this.#failure) return
    this.#failure = error
    clearTimeout(this.#timer)
    this.#options.signal?.removeEventListener('abort', this.#stop)
    this.#socket.destroy()
    void Promise.allSettled(this.#held) // A sink that fails as well has nobody left to tell.
    const unanswered = this.#pending
    this.#pending = []
    for (const command of unanswered) command.reject(error)
  }

  #attach(socket: Socket): void {
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.#lastHeardAt = performance.now()
      this.#consume(chunk, 0)
    })
    socket.on('error', (error) => this.fail(error))
    socket.on('close', () => this.fail(new MailError('connection-lost', `The server closed the connection${this.#whileWaiting()}.`)))
  }

  #consume(chunk: Buffer, from: number): void {
    let at = from
    try {
      while (at < chunk.length && !this.#failure && !this.#isHolding) {
        at = this.#body ? this.#readBody(this.#body, chunk, at) : this.#readLine(chunk, at)
      }
    } catch (error) {
      this.fail(error)
    }
  }

  #readLine(chunk: Buffer, from: number): number {
    const { line, next } = this.#lines.read(chunk, from)
    if (line === undefined) return next
    this.#options.trace?.(`S: ${line}`)
    const command = this.#pending[0]
    const verdict = this.#options.judge(line)
    if (!command) throw unasked(line, verdict)
    if (verdict === 'continue' && command.onContinue) {
      const answer = command.onContinue(line)
      this.#options.trace?.('C: ***')
      this.#write(answer)
    } else if (verdict === 'ok' && command.sink) {
      this.#body = { decoder: new DotDecoder(), reply: { isOk: true, line } }
    } else if (verdict === 'ok' || verdict === 'refused') {
      this.#settle({ isOk: verdict === 'ok', line })
    } else {
      throw new MailError('server-misbehaved', `The reply to ${shownAs(command)} makes no sense.`, { reply: line.slice(0, 200) })
    }
    return next
  }

  #readBody(body: { readonly decoder: DotDecoder; readonly reply: Reply }, chunk: Buffer, from: number): number {
    const sink = this.#pending[0]?.sink
    const end = body.decoder.feed(chunk, from, (piece) => {
      const hold = sink?.(piece)
      if (hold) this.#held.push(hold)
    })
    const next = end < 0 ? chunk.length : end
    const finish = () => {
      if (end < 0) return
      this.#body = undefined
      this.#settle(body.reply)
    }
    if (this.#held.length === 0) finish()
    else this.#hold(finish, () => this.#consume(chunk, next))
    return next
  }

  /** Reads nothing more until the sink has room again. */
  #hold(finish: () => void, readOn: () => void): void {
    const held = this.#held
    this.#held = []
    this.#isHolding = true
    this.#socket.pause()
    Promise.all(held)
      .then(() => {
        this.#isHolding = false
        this.#lastHeardAt = performance.now()
        if (this.#failure) return
        finish()
        readOn()
        if (!this.#isHolding) this.#socket.resume()
      })
      .catch((error: unknown) => this.fail(error))
  }

  #settle(reply: Reply): void {
    this.#pending.shift()?.resolve(reply)
  }

  #write(line: string): void {
    this.#outgoing.push(line)
    if (this.#outgoing.length > 1) return
    // Not a microtask: the replies in one packet wake many senders, and their next commands should leave together.
    setImmediate(() => {
      const lines = this.#outgoing
      this.#outgoing = []
      if (!this.#failure) this.#socket.write(`${lines.join('\r\n')}\r\n`)
    })
  }

  /** One timer that looks back when it fires, instead of one that is set anew with every packet. */
  #watch(): void {
    if (this.#timer || this.#pending.length === 0 || this.#failure) return
    const left = this.#lastHeardAt + this.#options.timeoutMs - performance.now()
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        // While we hold the server up, its silence is our doing.
        if (this.#isHolding) this.#lastHeardAt = performance.now()
        const isSilent = performance.now() - this.#lastHeardAt >= this.#options.timeoutMs
        if (isSilent && this.#pending.length > 0) this.fail(new MailError('timed-out', `The server fell silent${this.#whileWaiting()}.`))
        else this.#watch()
      },
      Math.max(1, Math.ceil(left)),
    )
  }

  #whileWaiting(): string {
    const command = this.#pending[0]
    return command ? ` before ${shownAs(command)} was answered` : ''
  }
}

function shownAs(command: LineCommand): string {
  return command.shown ?? (command.text || 'the greeting')
}

/** Servers say good-bye with a refusal when they close an idle connection; anything else that nobody asked for is an attack or a fault. */
function unasked(line: string, verdict: Verdict): MailError {
  const code = verdict === 'refused' ? 'connection-lost' : 'server-misbehaved'
  return new MailError(code, 'The server spoke without having been asked.', { reply: line.slice(0, 200) })
}
