import { randomBytes } from 'node:crypto'
import type { Account } from '../../../shared/domain/account.ts'
import type { Draft, DraftAttachment } from '../../../shared/domain/draft.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { ComposedMessage } from '../mime/compose-message.ts'
import { decodePart } from '../mime/decode-part.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { readable } from '../mime/readable.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { Uploads } from './uploads.ts'

export interface Composed {
  readonly raw: Buffer
  /** Whom SMTP is told, Bcc included; Bcc is not in the bytes. */
  readonly sender: string
  readonly recipients: readonly string[]
  /** The attachments as parts of the message that these bytes become, so that the uploads are needed no more. */
  ownAttachments(message: MessageId): readonly DraftAttachment[]
}

export interface ComposerParts {
  readonly store: Store
  readonly uploads: Uploads
  readonly clock: Clock
  readonly version: string
}

/** Builds a draft's bytes, once: the same bytes are stored, sent and filed (T5). */
export class Composer {
  readonly #parts: ComposerParts

  constructor(parts: ComposerParts) {
    this.#parts = parts
  }

  /** A draft may have unfinished recipients: those stay in the stored draft, not in its bytes. */
  async compose(draft: Draft, { isDraft }: { readonly isDraft: boolean }): Promise<Composed> {
    const account = this.#parts.store.accounts.get(draft.account)
    const attachments = await Promise.all(draft.attachments.map((attachment) => this.#content(attachment)))
    try {
      return this.#withParts(await this.#build(draft, account, attachments), draft)
    } catch (error) {
      if (!isDraft || toErrorInfo(error).code !== 'bad-input') throw error
      return this.#withParts(await this.#build({ ...draft, to: '', cc: '', bcc: '' }, account, attachments), draft)
    }
  }

  async #build(draft: Draft, account: Account, attachments: readonly LoadedAttachment[]) {
    const { clock, version } = this.#parts
    // What composes messages takes long to load, and most starts send nothing.
    const { composeMessage, newMessageIdHeader } = await import('../mime/compose-message.ts')
    return composeMessage({
      identity: account.identity,
      to: draft.to,
      cc: draft.cc,
      bcc: draft.bcc,
      subject: draft.subject,
      text: draft.text,
      priority: draft.priority,
      inReplyTo: draft.inReplyTo,
      references: draft.references,
      attachments,
      date: new Date(clock.now()),
      messageIdHeader: newMessageIdHeader(account.identity.address, randomBytes(16)),
      userAgent: `Postrider/${version}`,
    })
  }

  #withParts(built: ComposedMessage, draft: Draft): Composed {
    return {
      ...built,
      ownAttachments: (message) => {
        if (draft.attachments.length === 0) return []
        const parts = readable(parseMessage(built.raw)).attachments
        return draft.attachments.map((attachment, index) => {
          const part = parts[index]
          return part ? { ...attachment, source: { kind: 'part', message, part: part.path } } : attachment
        })
      },
    }
  }

  async #content({ name, type, source }: DraftAttachment): Promise<LoadedAttachment> {
    if (source.kind === 'upload') return { name, type, content: await this.#parts.uploads.read(source.upload) }
    const { store } = this.#parts
    const { body } = store.messages.details(source.message)
    const part = body && decodePart(parseMessage(store.bodies.read(body)), source.part)
    if (!part) throw new MailError('message-missing', `The attachment "${name}" is not on this computer any more.`)
    return { name, type, content: part.bytes }
  }
}

interface LoadedAttachment {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}
