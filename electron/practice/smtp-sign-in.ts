// Mechanisms that smtp-server has not, put before its own AUTH command (RFC 4954).
import type { FindPassword, SignInExchange } from './sign-in-exchange.ts'
import { signInMechanisms } from './sign-in-mechanisms.ts'

export interface SmtpSignIn {
  /** Names of `signInMechanisms`; PLAIN and LOGIN stay with smtp-server. */
  readonly mechanisms: readonly string[]
  readonly needsTls: boolean
  readonly find: FindPassword
}

/** What we touch of smtp-server's connections. Not public: the tests on signing in fail when it changes. */
export interface SmtpServerConnection {
  readonly id: string
  readonly secure: boolean
  readonly session: { user?: unknown }
  _nextHandler: unknown
  handler_AUTH(command: Buffer | string, done: () => void): void
  send(code: number, text?: string): void
}

export function addMechanisms(connection: SmtpServerConnection, { mechanisms, needsTls, find }: SmtpSignIn): void {
  const usual = connection.handler_AUTH.bind(connection)
  connection.handler_AUTH = (command, done) => {
    const [, name = '', initial] = command.toString().trim().split(/\s+/)
    const start = signInMechanisms[name.toUpperCase()]
    const isOurs = mechanisms.includes(name.toUpperCase()) && !/^(PLAIN|LOGIN)$/i.test(name)
    if (!start || !isOurs || connection.session.user || (needsTls && !connection.secure)) {
      usual(command, done)
      return
    }
    const exchange = start(find)
    const first = exchange.next()
    goOn(connection, exchange, initial === undefined ? first : exchange.next(Buffer.from(initial, 'base64')))
    done()
  }
}

function goOn(connection: SmtpServerConnection, exchange: SignInExchange, said: IteratorResult<Buffer, string | undefined>): void {
  if (!said.done) {
    connection.send(334, said.value.toString('base64'))
    connection._nextHandler = (line: Buffer | string, done: () => void) => {
      const answer = line.toString().trim()
      if (answer === '*') connection.send(501, 'Cancelled')
      else goOn(connection, exchange, exchange.next(Buffer.from(answer, 'base64')))
      done()
    }
  } else if (said.value === undefined) {
    connection.send(535, 'Account name or password not accepted')
  } else {
    connection.session.user = said.value
    connection.send(235, 'Welcome')
  }
}
