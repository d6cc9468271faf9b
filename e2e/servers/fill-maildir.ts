import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generateMail, type MailProfile } from './generated-mail.ts'

export interface FillRequest {
  readonly count: number
  readonly profile: MailProfile
  readonly seed?: number
  /** Number of the first message, to add to a maildir that was filled before. */
  readonly start?: number
}

/** Writes generated messages straight into `cur`, four fifths of them read. Returns their bytes. */
export function fillMaildir(maildir: string, { count, profile, seed = 1, start = 0 }: FillRequest): number {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(path.join(maildir, part), { recursive: true })
  let bytes = 0
  for (let number = start; number < start + count; number += 1) {
    const { raw, date } = generateMail(number, profile, seed)
    const seconds = date.getTime() / 1000
    // The sizes in the name (with LF and with CRLF) spare the server reading each file.
    const sizes = `S=${raw.length},W=${raw.length + raw.filter((byte) => byte === 10).length}`
    const name = `${Math.floor(seconds)}.M${String(number).padStart(6, '0')}P1.generated,${sizes}:2,${number % 5 === 0 ? '' : 'S'}`
    const file = path.join(maildir, 'cur', name)
    writeFileSync(file, raw)
    utimesSync(file, seconds, seconds)
    bytes += raw.length
  }
  return bytes
}
