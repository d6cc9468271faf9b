import { bearerForms } from '../sasl/bearer.ts'

/** The entries that imapflow logs; `src` is 'c' and 's' for protocol lines. */
interface LogEntry {
  readonly src?: string
  readonly msg?: string
  readonly comment?: string
}

/** Levels without a method are not even prepared by the library: FETCH answers, which hold mail, go to `trace`. */
export interface TraceLogger {
  debug(entry: LogEntry): void
  info(entry: LogEntry): void
  warn(entry: LogEntry): void
  error(entry: LogEntry): void
}

/** Only what went over the wire; the library's other remarks repeat our errors, some with the server's raw answer. */
export function traceLogger(write: (line: string) => void, hidden: (text: string) => string): TraceLogger {
  const pass = ({ src, msg, comment = '' }: LogEntry) => {
    if (typeof msg !== 'string' || (src !== 'c' && src !== 's')) return
    // Answers while signing in, which the library itself hides only in part.
    const shown = comment.startsWith('Encoded ') ? '***' : hidden(msg)
    write(`${src === 'c' ? 'C' : 'S'}: ${shown}`)
  }
  const ignore = () => {}
  return { debug: pass, info: ignore, warn: ignore, error: ignore }
}

/** Some servers repeat what they were given; no form of the password may reach a trace or an error. */
export function hider(user: string, password: string): (text: string) => string {
  if (password === '') return (text) => text
  const plain = Buffer.from(`\0${user}\0${password}`).toString('base64')
  const forms = [
    plain,
    Buffer.from(password).toString('base64'),
    JSON.stringify(password).slice(1, -1),
    password,
    ...bearerForms(user, password),
  ]
  return (text) => forms.reduce((shown, form) => shown.replaceAll(form, '***'), text)
}
