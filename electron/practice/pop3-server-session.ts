import { stuffDots } from '../engine/protocol/line/dot-stuffing.ts'
import type { LineHandler, LinePeer } from './line-server.ts'
import type { Pop3Maildrop } from './pop3-maildrop.ts'
import type { Pop3Abilities, Pop3Faults, Pop3SessionState, Pop3User } from './pop3-server-options.ts'
import type { FindPassword, SignInExchange } from './sign-in-exchange.ts'
import { apopDigest, signInMechanisms } from './sign-in-mechanisms.ts'

export interface Pop3SessionParts {
  readonly peer: LinePeer
  readonly abilities: Pop3Abilities
  readonly faults: Pop3Faults
  readonly hasStls: boolean
  readonly findUser: (name: string) => Pop3User | undefined
  readonly record: (line: string) => void
}

/** What was in the maildrop when it was locked; the message number is the position plus one. */
interface Listed {
  readonly uidl: string
  readonly size: number
  isDeleted: boolean
}

type Answer = string | Buffer | undefined

/** One connection to the practice server (RFC 1939, 2449, 2595, 5034). */
export class Pop3ServerSession implements LineHandler {
  readonly #parts: Pop3SessionParts
  readonly #timestamp = `<${process.pid}.${process.hrtime.bigint()}@localhost>`
  #user: string | undefined
  #maildrop: Pop3Maildrop | undefined
  #messages: readonly Listed[] = []
  #exchange: SignInExchange | undefined

  constructor(parts: Pop3SessionParts) {
    this.#parts = parts
  }

  greet(): void {
    const { faults, abilities } = this.#parts
    this.#say(faults.greeting ?? `+OK Practice POP3 server ready${abilities.apop ? ` ${this.#timestamp}` : ''}`)
  }

  onLine = (line: string): void => {
    const { faults, record } = this.#parts
    const [, name = '', args = ''] = this.#exchange ? [line, '', line] : (/^(\S*) ?(.*)$/s.exec(line) ?? [])
    record(this.#exchange ? '***' : withoutSecret(name, args))
    if (faults.isSilentAfterGreeting) return
    this.#say(faults.onCommand?.(name.toUpperCase(), args, this.#state()) ?? this.#answer(name.toUpperCase(), args))
  }

  onClose = (): void => {
    this.#maildrop?.unlock()
    this.#maildrop = undefined
  }

  #state(): Pop3SessionState {
    return { isEncrypted: this.#parts.peer.isEncrypted(), isSignedIn: this.#maildrop !== undefined, user: this.#user }
  }

  #say(answer: Answer): void {
    if (answer !== undefined) this.#parts.peer.write(typeof answer === 'string' ? `${answer}\r\n` : answer)
  }

  #answer(name: string, args: string): Answer {
    if (this.#exchange) return this.#continueExchange(args)
    const commands = this.#maildrop ? this.#transaction : this.#authorization
    return commands[name]?.(args) ?? '-ERR Unknown command'
  }

  readonly #anytime: Readonly<Record<string, (args: string) => Answer>> = {
    CAPA: () => (this.#parts.abilities.capa ? this.#capabilities() : undefined),
    QUIT: () => this.#quit(),
  }

  readonly #authorization: Readonly<Record<string, (args: string) => Answer>> = {
    ...this.#anytime,
    STLS: () => this.#startTls(),
    USER: (args) => {
      this.#user = args
      return '+OK Go ahead'
    },
    PASS: (args) => this.#signIn(this.#user !== undefined && this.#findPassword(this.#user) === args ? this.#user : undefined),
    APOP: (args) => (this.#parts.abilities.apop ? this.#apop(args) : undefined),
    AUTH: (args) => this.#startExchange(args),
  }

  readonly #transaction: Readonly<Record<string, (args: string) => Answer>> = {
    ...this.#anytime,
    NOOP: () => '+OK',
    RSET: () => {
      for (const message of this.#messages) message.isDeleted = false
      return '+OK'
    },
    STAT: () => `+OK ${this.#left().length} ${this.#left().reduce((sum, [, { size }]) => sum + size, 0)}`,
    LIST: (args) => this.#list(args, ({ size }) => String(size)),
    UIDL: (args) => (this.#parts.abilities.uidl ? this.#list(args, ({ uidl }) => uidl) : undefined),
    RETR: (args) => this.#retrieve(args),
    TOP: (args) => (this.#parts.abilities.top ? this.#top(args) : undefined),
    DELE: (args) => {
      const message = this.#find(args)
      if (!message) return '-ERR No such message'
      message.isDeleted = true
      return '+OK'
    },
  }

  #capabilities(): Buffer {
    const { abilities, hasStls, peer } = this.#parts
    const lines = [
      'USER',
      'RESP-CODES',
      'AUTH-RESP-CODE',
      abilities.uidl && 'UIDL',
      abilities.top && 'TOP',
      abilities.pipelining && 'PIPELINING',
      hasStls && !peer.isEncrypted() && 'STLS',
      abilities.mechanisms.length > 0 && `SASL ${abilities.mechanisms.join(' ')}`,
    ]
    return multiLine('+OK', Buffer.from(`${lines.filter(Boolean).join('\r\n')}\r\n`))
  }

  #startTls(): Answer {
    if (!this.#parts.hasStls || this.#parts.peer.isEncrypted()) return undefined
    this.#say('+OK Begin')
    this.#parts.peer.startTls()
    return Buffer.alloc(0)
  }

  readonly #findPassword: FindPassword = (user) => (this.#parts.faults.isPasswordWrong ? undefined : this.#parts.findUser(user)?.password)

  #apop(args: string): Answer {
    const [user = '', digest] = args.split(' ')
    const password = this.#findPassword(user)
    return this.#signIn(password !== undefined && apopDigest(this.#timestamp, password) === digest ? user : undefined)
  }

  #startExchange(args: string): Answer {
    const [mechanism = '', initial] = args.split(' ')
    const start = this.#parts.abilities.mechanisms.includes(mechanism.toUpperCase()) ? signInMechanisms[mechanism.toUpperCase()] : undefined
    if (!start) return '-ERR Unknown mechanism'
    this.#exchange = start(this.#findPassword)
    const first = this.#step(this.#exchange.next())
    return initial === undefined ? first : this.#continueExchange(initial.replace(/^=$/, ''))
  }

  #continueExchange(answer: string): Answer {
    if (this.#exchange && answer !== '*') return this.#step(this.#exchange.next(Buffer.from(answer, 'base64')))
    this.#exchange = undefined
    return '-ERR Cancelled'
  }

  #step(result: IteratorResult<Buffer, string | undefined>): Answer {
    if (!result.done) return `+ ${result.value.toString('base64')}`
    this.#exchange = undefined
    return this.#signIn(result.value)
  }

  #signIn(user: string | undefined): Answer {
    const maildrop = user === undefined ? undefined : this.#parts.findUser(user)?.maildrop
    if (!maildrop) return '-ERR [AUTH] Name or password is wrong'
    if (this.#parts.faults.isLocked || !maildrop.lock()) return '-ERR [IN-USE] Another session has this maildrop'
    this.#user = user
    this.#maildrop = maildrop
    this.#messages = maildrop.list().map((message) => ({ ...message, isDeleted: false }))
    return `+OK ${this.#messages.length} messages`
  }

  #left(): readonly (readonly [number, Listed])[] {
    return this.#messages.map((message, index) => [index + 1, message] as const).filter(([, message]) => !message.isDeleted)
  }

  #find(number: string | undefined): Listed | undefined {
    const message = /^\d+$/.test(number ?? '') ? this.#messages[Number(number) - 1] : undefined
    return message?.isDeleted ? undefined : message
  }

  #list(args: string, shown: (message: Listed) => string): Answer {
    if (!args)
      return multiLine(
        '+OK',
        Buffer.from(
          this.#left()
            .map(([number, message]) => `${number} ${shown(message)}\r\n`)
            .join(''),
        ),
      )
    const message = this.#find(args)
    return message ? `+OK ${args} ${shown(message)}` : '-ERR No such message'
  }

  #retrieve(args: string): Answer {
    const message = this.#find(args)
    if (!message) return '-ERR No such message'
    const reply = multiLine(`+OK ${message.size} octets`, this.#read(message))
    const drop = this.#parts.faults.dropInMessage
    if (drop?.number !== Number(args)) return reply
    this.#say(reply.subarray(0, reply.indexOf('\n') + 1 + drop.afterBytes))
    this.#parts.peer.end()
    return Buffer.alloc(0)
  }

  #top(args: string): Answer {
    const [number, lines = '0'] = args.split(' ')
    const message = this.#find(number)
    return message ? multiLine('+OK', firstLines(this.#read(message), Number(lines))) : '-ERR No such message'
  }

  #read({ uidl }: Listed): Buffer {
    return this.#maildrop?.read(uidl) ?? Buffer.alloc(0)
  }

  #quit(): Answer {
    this.#maildrop?.remove(this.#messages.filter(({ isDeleted }) => isDeleted).map(({ uidl }) => uidl))
    this.onClose()
    this.#say('+OK Bye')
    this.#parts.peer.end()
    return Buffer.alloc(0)
  }
}

function withoutSecret(name: string, args: string): string {
  const upper = name.toUpperCase()
  if (upper === 'PASS') return 'PASS ***'
  if (upper === 'APOP' || upper === 'AUTH') return [upper, ...args.split(' ').map((word, index) => (index === 0 ? word : '***'))].join(' ')
  return args ? `${upper} ${args}` : upper
}

function multiLine(status: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${status}\r\n`), stuffDots(body)])
}

/** The header, the empty line behind it, and as many lines of the body. */
function firstLines(raw: Buffer, lines: number): Buffer {
  let end = raw.indexOf('\r\n\r\n')
  if (end < 0) return raw
  end += 4
  for (let line = 0; line < lines && end < raw.length; line++) {
    const next = raw.indexOf('\r\n', end)
    end = next < 0 ? raw.length : next + 2
  }
  return raw.subarray(0, end)
}
