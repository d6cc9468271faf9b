import type { ErrorDetail } from '../../../../shared/errors/mail-error.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { toNetworkError } from '../connect-tls.ts'
import type { BodySink, LineConnection, Reply } from '../line/line-connection.ts'
import type { RefusalMeaning } from './pop3-errors.ts'
import { toPop3Error } from './pop3-errors.ts'

export interface Question {
  readonly text: string
  /** For a person: "read the list of messages". */
  readonly action: string
  /** What a refusal without a response code means. */
  readonly refusedMeans?: RefusalMeaning
  /** Given: the answer has a body. */
  readonly sink?: BodySink
}

/** Commands over a connection, with every failure in our own words and without secrets. */
export class Pop3Wire {
  readonly connection: LineConnection
  readonly #detail: ErrorDetail
  readonly #redact: (text: string) => string

  constructor(connection: LineConnection, detail: ErrorDetail, redact: (text: string) => string) {
    this.connection = connection
    this.#detail = detail
    this.#redact = redact
  }

  /** Resolves with the status line of +OK, after the body has gone to the sink. */
  async ask({ text, action, refusedMeans = 'server-misbehaved', sink }: Question): Promise<string> {
    const reply = await this.during(action, () => this.connection.send(sink ? { text, sink } : { text }))
    return this.accept(reply, refusedMeans, action)
  }

  accept(reply: Reply, refusedMeans: RefusalMeaning, action: string): string {
    if (reply.isOk) return reply.line
    throw this.#translate(toPop3Error(reply, refusedMeans, this.#detail), action)
  }

  /** Translates whatever `work` fails with. */
  async during<T>(action: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#translate(error, action)
    }
  }

  #translate(error: unknown, action: string): MailError {
    const { code, message, detail } = toNetworkError(error, { ...this.#detail, action })
    // Servers may quote what they were sent, so a MailError with their words is not kept as the cause either.
    const { reply } = detail
    const safeDetail = reply === undefined ? detail : { ...detail, reply: this.#redact(reply) }
    return new MailError(code, this.#redact(message), safeDetail, error instanceof MailError ? error.cause : error)
  }
}
