// POP3's refusals in our own words. Above this file nobody looks at response codes or at English text.
import type { ErrorCode, ErrorDetail } from '../../../../shared/errors/mail-error.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { Reply, Verdict } from '../line/line-connection.ts'

/** What a status line says (RFC 1939). "+ OK..." is no +OK but a challenge (RFC 5034) whose base64 happens to start so. */
export function judgePop3(line: string): Verdict {
  if (/^\+OK\b/i.test(line)) return 'ok'
  if (/^-ERR\b/i.test(line)) return 'refused'
  return /^\+( |$)/.test(line) ? 'continue' : 'garbage'
}

/** What a refusal means where the server gives no code for it. */
export type RefusalMeaning = Extract<
  ErrorCode,
  'sign-in-refused' | 'server-busy' | 'message-missing' | 'encryption-unavailable' | 'unsupported' | 'server-misbehaved'
>

/** Response codes of RFC 2449 and RFC 3206. */
const responseCodes: Readonly<Record<string, ErrorCode>> = {
  AUTH: 'sign-in-refused',
  'IN-USE': 'mailbox-locked',
  'LOGIN-DELAY': 'server-busy',
  'SYS/TEMP': 'server-busy',
  'SYS/PERM': 'permission-denied',
}

/** What servers without response codes say instead. "Account locked" is not among it: that is about signing in. */
const phrases: Readonly<Partial<Record<RefusalMeaning, readonly [RegExp, ErrorCode]>>> = {
  'sign-in-refused': [
    /\bmail ?(drop|box)\b.*\b(lock(ed)?|in use|busy)\b|\b(lock|open)\b.*\bmail ?(drop|box)\b|\balready in use\b/i,
    'mailbox-locked',
  ],
  'message-missing': [
    /\b(unknown|unrecogni[sz]ed|unimplemented|invalid|bad) command\b|\bcommand (is )?(not|un)|\bnot (implemented|supported)\b/i,
    'unsupported',
  ],
}

export function toPop3Error({ line }: Reply, meaning: RefusalMeaning, detail: ErrorDetail): MailError {
  const [, code = '', text = ''] = /^-ERR\s*(?:\[([^\]\s]+)[^\]]*\])?\s*(.*)$/i.exec(line) ?? []
  // SYS/TEMP/xyz is still SYS/TEMP (RFC 3206 section 4).
  const known = responseCodes[code.toUpperCase().split('/').slice(0, 2).join('/')]
  const [phrase, phraseMeans] = phrases[meaning] ?? []
  const guessed = phrase?.test(text) ? phraseMeans : undefined
  return new MailError(known ?? guessed ?? meaning, `The server refused: ${line}`, { ...detail, reply: line })
}
