import { randomBytes } from 'node:crypto'
import type { Envelope, Attachment, Message } from '../../../shared/domain/message.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { errorLine } from '../../../shared/errors/error-text.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { parseAddresses } from '../../../shared/mail/addresses.ts'
import { decodePart } from '../mime/decode-part.ts'
import { messageFacts } from '../mime/facts.ts'
import { isDangerousFile } from '../mime/file-names.ts'
import { parseMessage, type MimeMessage } from '../mime/parse-message.ts'
import { readable } from '../mime/readable.ts'
import { makeSafeHtml, type SafeHtml } from '../mime/safe-html.ts'
import type { PartialMessage } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'

export interface ContentReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Messages whose content may be asked for at the same time; the oldest is forgotten first. */
const openMessages = 60
/** Parsed messages kept: a frame asks for its body and then for each of its pictures. */
const parsedMessages = 6

/**
 * No script, no network, no form: the second wall around mail HTML, beside the sanitiser. `sandbox` gives the document
 * an origin of its own even when it is opened outside its frame.
 */
const bodyPolicy = [
  "default-src 'none'",
  "img-src 'self' data:",
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self' app://mail",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ')

/** Files are for saving: opened in a window they may do nothing at all. */
const filePolicy = "default-src 'none'; sandbox"

/**
 * Hands out what belongs to a message by address: body, pictures, attachments, source. An address holds a random token
 * that stands for one message, so whoever has it may read that message and no other.
 */
export class Content {
  readonly #store: Store
  readonly #fetchWhole: (id: MessageId) => Promise<void>
  /** Messages whose body is still on the server, all but their texts. */
  readonly #partial = new Map<MessageId, { readonly message: MimeMessage; readonly absent: ReadonlyMap<string, number> }>()
  readonly #tokens = new Map<string, MessageId>()
  readonly #safe = new Map<string, { readonly message: MimeMessage; readonly safe: SafeHtml }>()
  readonly #parsed = new Map<MessageId, { readonly hash: string; readonly message: MimeMessage }>()

  /** `fetchWhole` brings the body of a message here, when somebody asks for what was left out. */
  constructor(store: Store, fetchWhole: (id: MessageId) => Promise<void>) {
    this.#store = store
    this.#fetchWhole = fetchWhole
  }

  /** A message of which only the texts were fetched can be described; the rest of it comes when it is asked for. */
  keepPartial(id: MessageId, { raw, absent }: PartialMessage): void {
    this.#partial.set(id, { message: parseMessage(raw), absent })
    trim(this.#partial, parsedMessages)
  }

  hasPartial(id: MessageId): boolean {
    return this.#partial.has(id)
  }

  /** What a reading pane needs. The body, or its texts, must be here already. */
  describe(id: MessageId): Message {
    const message = this.#parse(id)
    const { text, html, attachments } = readable(message)
    const absent = this.#isHere(id) ? undefined : this.#partial.get(id)?.absent
    const token = this.#grant(id)
    return {
      summary: this.#store.messages.get(id),
      envelope: this.#envelope(id, message),
      text,
      html: html === null ? null : { url: `/${token}/body`, hasRemoteContent: this.#safeHtml(message, html, token).hasRemoteContent },
      attachments: attachments.map(
        (part): Attachment => ({
          part: part.path,
          name: part.name,
          type: part.type,
          size: absent?.get(part.path) ?? part.size,
          url: `/${token}/part/${part.path}/${encodeURIComponent(part.name)}`,
          isDangerous: isDangerousFile(part.name),
        }),
      ),
      sourceUrl: `/${token}/source`,
      emlUrl: `/${token}/message.eml`,
    }
  }

  async read(path: string): Promise<ContentReply> {
    const [, token = '', kind, name] = path.split('/')
    const id = this.#tokens.get(token)
    if (id === undefined) return plain(404, 'This message is no longer open.')
    try {
      if (kind !== 'body' && this.#partial.has(id) && !this.#isHere(id)) await this.#fetchWhole(id)
      return this.#answer(id, { token, kind, name })
    } catch (error) {
      if (error instanceof MailError && error.code === 'message-missing') return plain(404, 'This message is no longer there.')
      // The server has the rest, and can't be asked: what a window shows for a file that it could not get.
      if (error instanceof MailError && this.#partial.has(id))
        return plain(503, `This part could not be fetched: ${errorLine(toErrorInfo(error))}`)
      throw error
    }
  }

  #answer(id: MessageId, { token, kind, name }: { token: string; kind: string | undefined; name: string | undefined }): ContentReply {
    switch (kind) {
      case 'body': {
        const message = this.#parse(id)
        const { html } = readable(message)
        if (html === null) return plain(404, 'This message has no HTML.')
        return reply(Buffer.from(this.#safeHtml(message, html, token).html), 'text/html; charset=utf-8', {
          'content-security-policy': bodyPolicy,
        })
      }
      case 'source':
        return reply(this.#raw(id), 'text/plain; charset=utf-8', { 'content-security-policy': filePolicy })
      case 'message.eml':
        return reply(this.#raw(id), 'message/rfc822', download('message.eml'))
      case 'inline':
        return this.#picture(id, name ?? '')
      case 'part':
        return this.#file(id, name ?? '')
      default:
        return plain(404, 'There is nothing here.')
    }
  }

  #picture(id: MessageId, part: string): ContentReply {
    const found = decodePart(this.#parse(id), part)
    // SVG can hold scripts and links to elsewhere; the others are only pixels.
    if (!found || !/^image\/(?:png|jpeg|gif|webp|bmp|avif)$/.test(found.type)) return plain(404, 'This picture can not be shown.')
    return reply(found.bytes, found.type, { 'content-security-policy': filePolicy })
  }

  #file(id: MessageId, part: string): ContentReply {
    const found = decodePart(this.#parse(id), part)
    return found ? reply(found.bytes, 'application/octet-stream', download(found.name)) : plain(404, 'This attachment is not there.')
  }

  /** Asked for twice at each opening: whether there is remote content, then by the frame. */
  #safeHtml(message: MimeMessage, html: string, token: string): SafeHtml {
    const kept = this.#safe.get(token)
    if (kept?.message === message) return kept.safe
    const { inline } = readable(message)
    const safe = makeSafeHtml(html, {
      partUrl: (contentId) => {
        const part = inline.get(contentId)
        // Beside the body, wherever the host serves it: the loopback host below /content, Electron at an origin of its own.
        return part && `inline/${part.path}`
      },
      allowRemote: false,
      remoteUrl: (url) => url,
    })
    this.#safe.set(token, { message, safe })
    trim(this.#safe, parsedMessages)
    return safe
  }

  /** Bcc of our own messages is not in their bytes: it is kept beside them. */
  #envelope(id: MessageId, message: MimeMessage): Envelope {
    const { envelope } = messageFacts(message)
    const bcc = this.#store.drafts.find(id)?.bcc ?? ''
    return bcc === '' ? envelope : { ...envelope, bcc: parseAddresses(bcc) }
  }

  #isHere(id: MessageId): boolean {
    return this.#store.messages.details(id).body !== null
  }

  #parse(id: MessageId): MimeMessage {
    const open = this.#store.messages.find(id) ? undefined : (this.#parsed.get(id) ?? this.#partial.get(id))
    // I5: another program has deleted it; who has it open reads on.
    if (open) return open.message
    const { body } = this.#store.messages.details(id)
    const partial = this.#partial.get(id)
    if (!body && partial) return partial.message
    if (!body) throw new MailError('body-not-here', 'Only the header of this message is here.')
    const kept = this.#parsed.get(id)
    if (kept?.hash === body.hash) return kept.message
    const message = parseMessage(this.#store.bodies.read(body))
    this.#parsed.delete(id)
    this.#parsed.set(id, { hash: body.hash, message })
    trim(this.#parsed, parsedMessages)
    return message
  }

  #raw(id: MessageId): Uint8Array {
    const open = this.#store.messages.find(id) ? undefined : this.#parsed.get(id)
    if (open) return open.message.raw
    const { body } = this.#store.messages.details(id)
    if (!body) throw new MailError('message-missing', 'The body of this message is not here.')
    return this.#store.bodies.read(body)
  }

  #grant(id: MessageId): string {
    const token = randomBytes(16).toString('base64url')
    this.#tokens.set(token, id)
    trim(this.#tokens, openMessages)
    return token
  }
}

function trim(map: Map<unknown, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}

function reply(body: Uint8Array, type: string, headers: Readonly<Record<string, string>>): ContentReply {
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store', ...headers }, body }
}

function plain(status: number, text: string): ContentReply {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': filePolicy },
    body: Buffer.from(`${text}\n`),
  }
}

/** RFC 6266, with the name in UTF-8 for those who can read it. */
function download(name: string): Readonly<Record<string, string>> {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  return {
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': filePolicy,
  }
}
