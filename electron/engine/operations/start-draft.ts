import type { Account } from '../../../shared/domain/account.ts'
import { emptyDraft, type ComposeKind, type Draft, type DraftAttachment } from '../../../shared/domain/draft.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { replyFields } from '../../../shared/mail/reply-draft.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { readable } from '../mime/readable.ts'
import { htmlToText } from '../mime/html-to-text.ts'
import type { Store } from '../store/store.ts'

export interface StartRequest {
  readonly kind: ComposeKind
  readonly message: MessageId | null
  /** Where the user is: a new message from an IMAP account's folder uses that account. */
  readonly folder: FolderId | null
}

/** What the compose window begins with (reference 7.2, 7.3). The body of the original must be here. */
export function startDraft(store: Store, { kind, message, folder }: StartRequest): Draft {
  const account = accountFor(store, message, folder)
  if (kind === 'new' || message === null) return emptyDraft(account.id)
  const { body } = store.messages.details(message)
  if (!body) throw new MailError('body-not-here', 'Only the header of this message is here.')
  const parsed = parseMessage(store.bodies.read(body))
  const { text, html, attachments } = readable(parsed)
  const filled = replyFields({
    kind,
    original: {
      envelope: messageFacts(parsed).envelope,
      text: text ?? (html === null ? '' : htmlToText(html)),
    },
    ownAddresses: ownAddresses(store),
    quote: store.settings.get().quoteInReply,
  })
  const files: readonly DraftAttachment[] = attachments.map((part) => ({
    name: part.name,
    type: part.type,
    size: part.size,
    source: { kind: 'part', message, part: part.path },
  }))
  return {
    ...emptyDraft(account.id),
    ...filled,
    attachments: kind === 'forward' ? files : [],
    related: { message, kind: kind === 'forward' ? 'forward' : 'reply' },
  }
}

/** Replies go out through the account that received the original; else the folder's account; else the default one. */
function accountFor(store: Store, message: MessageId | null, folder: FolderId | null): Account {
  const accounts = store.accounts.list()
  const received = message === null ? null : store.messages.get(message).account
  const shown = folder === null ? null : store.folders.get(folder).account
  const chosen =
    accounts.find((account) => account.id === received) ??
    accounts.find((account) => account.id === shown) ??
    accounts.find((account) => account.isDefault) ??
    accounts[0]
  if (!chosen) throw new MailError('bad-input', 'There is no account to send from. Set one up first.')
  return chosen
}

function ownAddresses(store: Store): readonly string[] {
  return store.accounts.list().flatMap(({ identity }) => [identity.address, identity.replyTo].filter(Boolean))
}
