import { headerValue } from './headers.ts'
import type { MimeMessage } from './parse-message.ts'
import { sentDate } from './sent-date.ts'

/** Clocks of servers may be this much ahead of ours. */
const ahead = 24 * 3_600_000

/**
 * When a message reached its reader's server: POP3 does not say, but the topmost Received line does (RFC 5321 section 4.4).
 * Without it the Date header, and with neither, or one from the future, the moment of the download.
 *
 * @returns epoch ms, never later than `now`
 */
export function arrivedAt(message: MimeMessage, now: number): number {
  const { fields } = message.root
  const stamp = headerValue(fields, 'received').split(';').at(-1) ?? ''
  const at = sentDate(stamp) ?? sentDate(headerValue(fields, 'date'))
  if (at === null || at > now + ahead || at <= 0) return now
  return Math.min(at, now)
}
