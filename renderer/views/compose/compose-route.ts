import type { ComposeKind } from '../../../shared/domain/draft.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'

/** What a compose window was opened for. */
export interface ComposeRoute {
  readonly kind: ComposeKind
  /** The message that is answered or forwarded. */
  readonly message: MessageId | null
  /** A message in Drafts or in the Outbox that is written on. */
  readonly draft: MessageId | null
  /** The key of an autosave that was found after a crash. */
  readonly recover: string | null
}

const kinds: readonly ComposeKind[] = ['new', 'reply', 'reply-all', 'forward']

/** Reads `?window=compose&kind=reply&message=12`, `&draft=7`, `&recover=...`. */
export function readComposeRoute(search: URLSearchParams): ComposeRoute {
  return {
    kind: kinds.find((kind) => kind === search.get('kind')) ?? 'new',
    message: readId(search.get('message')),
    draft: readId(search.get('draft')),
    recover: search.get('recover'),
  }
}

function readId(text: string | null): MessageId | null {
  const id = Number(text)
  return Number.isSafeInteger(id) && id > 0 ? (id as MessageId) : null
}
