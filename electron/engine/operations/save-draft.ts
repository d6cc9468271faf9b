import type { Draft } from '../../../shared/domain/draft.ts'
import type { FolderRole } from '../../../shared/domain/folder.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { Composed, Composer } from './composer.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'

export interface DraftContext {
  readonly store: Store
  readonly clock: Clock
  readonly composer: Composer
}

/** Stores a draft, or replaces the stored one. Recipients may still be unfinished; only bytes that can be built are kept. */
export async function saveDraft(context: DraftContext, id: MessageId | null, draft: Draft): Promise<MessageId> {
  const composed = await context.composer.compose(draft, { isDraft: true })
  return context.store.transaction(() => {
    const saved = placeComposed(context, { id, draft, composed, role: 'drafts' })
    context.store.outbox.remove(saved)
    return saved
  })
}

/** Moves the message out of its hiding places: draft row, Outbox row, list row, body. */
export function discardDraft(store: Store, id: MessageId): void {
  if (store.outbox.find(id)?.state === 'sending') throw new MailError('server-busy', 'This message is being sent just now.')
  store.transaction(() => {
    store.outbox.remove(id)
    store.drafts.remove(id)
    store.messages.remove([id])
  })
}

export interface Placing {
  readonly id: MessageId | null
  readonly draft: Draft
  readonly composed: Composed
  readonly role: FolderRole & ('drafts' | 'outbox')
}

/** Puts built bytes into Drafts or Outbox under the same id, so that a window that edits them can go on. Runs inside a transaction. */
export function placeComposed({ store, clock }: DraftContext, { id, draft, composed, role }: Placing): MessageId {
  const folder = store.folders.byRole(null, role)
  if (!folder) throw new MailError('store-damaged', `The ${role} folder is missing.`)
  const facts = messageFacts(parseMessage(composed.raw))
  const body = store.bodies.put(composed.raw)
  const saved = id !== null && store.messages.find(id) ? id : undefined
  const now = clock.now()
  if (saved !== undefined) {
    store.messages.recordBody(saved, body, facts)
    if (store.messages.get(saved).folder !== folder.id) store.messages.move([saved], folder.id)
  }
  const flags = { seen: true, draft: true }
  const message =
    saved ??
    store.messages.add({ folder: folder.id, account: draft.account, facts, flags, size: composed.raw.length, receivedAt: now, body })
  store.drafts.set(message, { ...draft, attachments: composed.ownAttachments(message) })
  return message
}
