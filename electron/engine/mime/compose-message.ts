import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Identity } from '../../../shared/domain/account.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { Address, Priority } from '../../../shared/domain/message.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { formatAddress, isMailAddress, parseAddresses } from '../../../shared/mail/addresses.ts'

export interface ComposedAttachment {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

export interface MessageToCompose extends Pick<Draft, 'to' | 'cc' | 'bcc' | 'subject' | 'text' | 'priority' | 'inReplyTo' | 'references'> {
  readonly identity: Identity
  readonly attachments: readonly ComposedAttachment[]
  readonly date: Date
  /** With angle brackets, from `newMessageIdHeader`. */
  readonly messageIdHeader: string
  readonly userAgent: string
}

export interface ComposedMessage {
  /** CRLF line ends, a final CRLF, no line above 998 bytes, no Bcc. */
  readonly raw: Buffer
  /** Whom SMTP is told. */
  readonly sender: string
  readonly recipients: readonly string[]
}

/** Builds the bytes of a message, once: the same bytes are sent and filed. Throws bad-input for a recipient that is no address. */
export async function composeMessage(input: MessageToCompose): Promise<ComposedMessage> {
  const to = recipientsOf(input.to)
  const cc = recipientsOf(input.cc)
  const bcc = recipientsOf(input.bcc)
  const text = input.text.replace(/\r\n|\r|\n/g, '\r\n')
  const mail = new MailComposer({
    ...headersOf(input),
    from: { name: oneLine(input.identity.name), address: input.identity.address },
    ...visibleRecipients(to, cc, bcc),
    text,
    // Left to itself the library picks base64 for Asian text, which nobody can read in the source.
    ...(isPlain(text) ? {} : { textEncoding: 'quoted-printable' as const }),
    attachments: input.attachments.map(({ name, type, content }) => ({
      filename: oneLine(name),
      contentType: type,
      content,
      contentDisposition: 'attachment' as const,
    })),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    raw: withFinalBreak(await mail.compile().build()),
    sender: input.identity.address,
    recipients: uniqueAddresses([...to, ...cc, ...bcc]),
  }
}

/** `<hex@domain>`: the sender's own domain, so that it looks like their mail; nothing that tells who or where we are. */
export function newMessageIdHeader(address: string, random: Uint8Array): string {
  const domain = /@([A-Za-z0-9.-]+)$/.exec(address)?.[1] ?? 'localhost'
  return `<${Buffer.from(random).toString('hex')}@${domain}>`
}

function visibleRecipients(to: Address[], cc: Address[], bcc: Address[]) {
  // The usual way to say that nobody is to be shown; some servers want one recipient header at least.
  if (to.length + cc.length === 0) return bcc.length > 0 ? { to: 'undisclosed-recipients:;' } : {}
  return { ...(to.length > 0 ? { to } : {}), ...(cc.length > 0 ? { cc } : {}) }
}

function headersOf(input: MessageToCompose) {
  const { identity } = input
  const ids = (values: readonly string[]) => values.filter((id) => /^<[^\s<>]{1,900}>$/.test(id))
  const [inReplyTo] = ids([input.inReplyTo])
  const references = ids(input.references)
  return {
    subject: oneLine(input.subject),
    date: input.date,
    messageId: input.messageIdHeader,
    ...(identity.replyTo === '' ? {} : { replyTo: parseAddresses(oneLine(identity.replyTo)) }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references.length === 0 ? {} : { references: [...references] }),
    headers: {
      ...(identity.organization === '' ? {} : { Organization: oneLine(identity.organization) }),
      ...priorityHeaders(input.priority),
      'X-Mailer': oneLine(input.userAgent),
    },
  }
}

/** What Outlook Express wrote, and what programs of today read. */
function priorityHeaders(priority: Priority): Record<string, string> {
  if (priority === 'normal') return {}
  const isHigh = priority === 'high'
  return { 'X-Priority': isHigh ? '1' : '5', 'X-MSMail-Priority': isHigh ? 'High' : 'Low', Importance: isHigh ? 'high' : 'low' }
}

function recipientsOf(field: string): Address[] {
  const addresses = parseAddresses(oneLine(field))
  for (const each of addresses) {
    if (isMailAddress(each.address)) continue
    const shown = formatAddress(each)
    throw new MailError('bad-input', `"${shown}" is not an e-mail address.`, { address: shown })
  }
  return addresses
}

function uniqueAddresses(addresses: readonly Address[]): string[] {
  const seen = new Map<string, string>()
  for (const { address } of addresses) if (!seen.has(address.toLowerCase())) seen.set(address.toLowerCase(), address)
  return [...seen.values()]
}

/** Header injection ends here: no value that goes into a header carries a line break. */
function oneLine(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is removed
  return value.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
}

function isPlain(text: string): boolean {
  return /^[\t\r\n -~]*$/.test(text)
}

function withFinalBreak(raw: Buffer): Buffer {
  return raw.subarray(-2).toString('latin1') === '\r\n' ? raw : Buffer.concat([raw, Buffer.from('\r\n')])
}
