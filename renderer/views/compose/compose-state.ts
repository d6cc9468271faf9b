import type { Draft, DraftAttachment } from '../../../shared/domain/draft.ts'
import type { AccountId, MessageId } from '../../../shared/domain/ids.ts'
import type { Priority } from '../../../shared/domain/message.ts'
import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'

/** A file on its way into the engine. */
export interface Upload {
  readonly key: number
  readonly name: string
  readonly size: number
  readonly done: number
  readonly error: ErrorInfo | null
}

export interface ComposeState {
  readonly draft: Draft
  /** The text as it was filled in, or as it was last put into Drafts: what closing compares with. */
  readonly kept: Draft
  /** The message in Drafts or in the Outbox that this one replaces. */
  readonly stored: MessageId | null
  readonly uploads: readonly Upload[]
  /** Bcc is shown. */
  readonly showsAllHeaders: boolean
}

export type TextField = 'to' | 'cc' | 'bcc' | 'subject' | 'text'

export type ComposeEvent =
  | { readonly type: 'typed'; readonly field: TextField; readonly value: string }
  | { readonly type: 'account'; readonly value: AccountId }
  | { readonly type: 'priority'; readonly value: Priority }
  | { readonly type: 'allHeaders'; readonly value: boolean }
  | { readonly type: 'uploadStarted'; readonly key: number; readonly name: string; readonly size: number }
  | { readonly type: 'uploadMoved'; readonly key: number; readonly done: number }
  | { readonly type: 'uploadFailed'; readonly key: number; readonly error: ErrorInfo }
  | { readonly type: 'uploadEnded'; readonly key: number; readonly attachment: DraftAttachment }
  | { readonly type: 'uploadDropped'; readonly key: number }
  | { readonly type: 'attachmentRemoved'; readonly index: number }
  | { readonly type: 'saved'; readonly id: MessageId; readonly draft: Draft }

/** `isRecovered`: the text was never stored, so that closing asks even when nothing more is typed. */
export function startCompose(draft: Draft, stored: MessageId | null, isRecovered = false): ComposeState {
  return {
    draft,
    kept: isRecovered ? { ...draft, text: '', subject: '', to: '', cc: '', bcc: '', attachments: [] } : draft,
    stored,
    uploads: [],
    showsAllHeaders: draft.bcc !== '',
  }
}

export function composeReducer(state: ComposeState, event: ComposeEvent): ComposeState {
  switch (event.type) {
    case 'typed':
      return withDraft(state, { [event.field]: event.value })
    case 'account':
      return withDraft(state, { account: event.value })
    case 'priority':
      return withDraft(state, { priority: event.value })
    case 'allHeaders':
      return { ...state, showsAllHeaders: event.value }
    case 'uploadStarted':
      return { ...state, uploads: [...state.uploads, { key: event.key, name: event.name, size: event.size, done: 0, error: null }] }
    case 'uploadMoved':
      return withUpload(state, event.key, { done: event.done })
    case 'uploadFailed':
      return withUpload(state, event.key, { error: event.error })
    case 'uploadEnded':
      return withDraft(withoutUpload(state, event.key), { attachments: [...state.draft.attachments, event.attachment] })
    case 'uploadDropped':
      return withoutUpload(state, event.key)
    case 'attachmentRemoved':
      return withDraft(state, { attachments: state.draft.attachments.filter((_, index) => index !== event.index) })
    case 'saved':
      return { ...state, stored: event.id, kept: event.draft }
  }
}

/** Whether closing would lose something that is not in Drafts. */
export function isUnsaved({ draft, kept, uploads }: ComposeState): boolean {
  return uploads.length > 0 || !isSameDraft(draft, kept)
}

export function isSameDraft(one: Draft, other: Draft): boolean {
  const sameTexts = one.to === other.to && one.cc === other.cc && one.bcc === other.bcc && one.subject === other.subject
  const sameChoices = one.account === other.account && one.priority === other.priority
  return sameTexts && sameChoices && one.text === other.text && JSON.stringify(one.attachments) === JSON.stringify(other.attachments)
}

/** Files still being read in: a message is not sent without what was attached to it. */
export function isUploading({ uploads }: ComposeState): boolean {
  return uploads.some(({ error }) => error === null)
}

function withDraft(state: ComposeState, change: Partial<Draft>): ComposeState {
  return { ...state, draft: { ...state.draft, ...change } }
}

function withUpload(state: ComposeState, key: number, change: Partial<Upload>): ComposeState {
  return { ...state, uploads: state.uploads.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)) }
}

function withoutUpload(state: ComposeState, key: number): ComposeState {
  return { ...state, uploads: state.uploads.filter((upload) => upload.key !== key) }
}
