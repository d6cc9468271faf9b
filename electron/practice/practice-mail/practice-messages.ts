// The sample mail of practice mode. Made in code, the same in every run, with dates relative to today.
import { friendsMail } from './friends-mail.ts'
import { listMail } from './list-mail.ts'
import { addressHeader, dateHeader, header, type Person } from './mail-headers.ts'
import { oddMail } from './odd-mail.ts'
import { partyMail } from './party-mail.ts'
import { putAwayMail } from './put-away-mail.ts'
import { regularMail } from './regular-mail.ts'
import { bodyOf, type PracticeFolder, type SampleMail } from './sample-mail.ts'
import { travelMail } from './travel-mail.ts'
import { welcomeMail } from './welcome-mail.ts'
import { workMail } from './work-mail.ts'
import { worldMail } from './world-mail.ts'

export interface PracticeMessage {
  /** Stays the same from run to run. */
  readonly uidl: string
  /** With CRLF, ready for the wire. */
  readonly raw: Buffer
  readonly date: Date
  readonly folder: PracticeFolder
  /** IMAP's names: \Seen, \Flagged, \Answered, \Draft. */
  readonly flags: readonly string[]
}

/** Some 300 messages over two years, oldest first; the newest one came just now. */
export function practiceMessages(now: Date, address = 'practice.imap@example.org'): readonly PracticeMessage[] {
  const owner: Person = { name: 'Robin Taylor', address }
  return allMail(owner)
    .map((mail) => toMessage(mail, { now, owner }))
    .sort((a, b) => a.date.getTime() - b.date.getTime() || (a.uidl < b.uidl ? -1 : 1))
}

function allMail(owner: Person): readonly SampleMail[] {
  return [
    ...welcomeMail(owner),
    ...workMail(owner),
    ...partyMail(owner),
    ...travelMail(owner),
    ...friendsMail(owner),
    ...regularMail(owner),
    ...listMail(owner),
    ...worldMail(),
    ...oddMail(owner),
    ...putAwayMail(owner),
  ]
}

interface Setting {
  readonly now: Date
  readonly owner: Person
}

function toMessage(mail: SampleMail, { now, owner }: Setting): PracticeMessage {
  const date = dateOf(mail, now)
  const body = bodyOf(mail)
  const to = mail.to ?? [owner]
  const lines = [
    ...(mail.from === owner ? [] : [received(date, owner)]),
    addressHeader('From', [mail.from], mail.charset),
    ...(to.length === 0 ? [] : [addressHeader('To', to, mail.charset)]),
    ...(mail.cc ? [addressHeader('Cc', mail.cc, mail.charset)] : []),
    header('Subject', mail.subject, mail.charset),
    `Date: ${dateHeader(date, mail.from.zone)}`,
    `Message-ID: ${messageId(mail.slug)}`,
    ...references(mail.references ?? []),
    ...(mail.headers ?? []),
    'MIME-Version: 1.0',
    ...body.headers,
  ]
  const raw = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body.body])
  return { uidl: `practice-${mail.slug}`, raw, date, folder: mail.folder, flags: flagsOf(mail) }
}

/** Whatever would lie in the future came a few minutes ago; the welcome letter ("23:59") comes last of all. */
function dateOf({ daysAgo, time }: SampleMail, now: Date): Date {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const wanted = midnight - daysAgo * 86_400_000 + (hours * 60 + minutes) * 60_000
  const minutesBeforeMidnight = 24 * 60 - (hours * 60 + minutes)
  return new Date(Math.min(wanted, now.getTime() - minutesBeforeMidnight * 2_000))
}

function received(date: Date, owner: Person): string {
  return `Received: from relay.example.net (relay.example.net [192.0.2.25])\r\n\tby mail.example.org with ESMTPS\r\n\tfor <${owner.address}>; ${dateHeader(date)}`
}

const messageId = (slug: string) => `<${slug}@practice.example.org>`

function references(slugs: readonly string[]): readonly string[] {
  const last = slugs.at(-1)
  return last === undefined ? [] : [`In-Reply-To: ${messageId(last)}`, `References: ${slugs.map(messageId).join('\r\n ')}`]
}

function flagsOf({ folder, isUnread, isFlagged, isAnswered }: SampleMail): readonly string[] {
  return [
    ...(isUnread ? [] : ['\\Seen']),
    ...(isFlagged ? ['\\Flagged'] : []),
    ...(isAnswered ? ['\\Answered'] : []),
    ...(folder === 'Drafts' ? ['\\Draft'] : []),
  ]
}
