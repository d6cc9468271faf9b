import { expect, test } from 'vitest'
import { emptyDraft, type Draft, type DraftAttachment } from '../../../shared/domain/draft.ts'
import type { AccountId, MessageId } from '../../../shared/domain/ids.ts'
import { composeReducer, isUnsaved, isUploading, startCompose, type ComposeEvent, type ComposeState } from './compose-state.ts'

const draft: Draft = emptyDraft(1 as AccountId)
const file: DraftAttachment = { name: 'plan.pdf', type: 'application/pdf', size: 10, source: { kind: 'upload', upload: 'x'.repeat(16) } }

const after = (events: readonly ComposeEvent[], state: ComposeState = startCompose(draft, null)): ComposeState =>
  events.reduce(composeReducer, state)

test('A message that was only opened can be closed without a question', () => {
  expect(isUnsaved(startCompose({ ...draft, to: 'anna@example.org', text: '\n\n> Hello' }, null))).toBe(false)
})

test('A typed text is unsaved until it is in Drafts', () => {
  const typed = after([{ type: 'typed', field: 'text', value: 'Hello' }])
  expect(isUnsaved(typed)).toBe(true)
  expect(isUnsaved(after([{ type: 'saved', id: 7 as MessageId, draft: typed.draft }], typed))).toBe(false)
})

test('What is typed while a draft is being saved still counts as unsaved', () => {
  const first = after([{ type: 'typed', field: 'text', value: 'Hello' }])
  const state = after(
    [
      { type: 'typed', field: 'text', value: 'Hello again' },
      { type: 'saved', id: 7 as MessageId, draft: first.draft },
    ],
    first,
  )
  expect(isUnsaved(state)).toBe(true)
})

test('A recovered text is unsaved from the start', () => {
  expect(isUnsaved(startCompose({ ...draft, text: 'lost and found' }, null, true))).toBe(true)
})

test('A file becomes an attachment when all of it has arrived', () => {
  const uploading = after([
    { type: 'uploadStarted', key: 1, name: 'plan.pdf', size: 10 },
    { type: 'uploadMoved', key: 1, done: 5 },
  ])
  expect(isUploading(uploading)).toBe(true)
  const ended = after([{ type: 'uploadEnded', key: 1, attachment: file }], uploading)
  expect(ended.uploads).toEqual([])
  expect(ended.draft.attachments).toEqual([file])
})

test('A file that failed stays in sight and blocks nothing', () => {
  const error = { code: 'store-full', message: 'no room', detail: {} } as const
  const state = after([
    { type: 'uploadStarted', key: 1, name: 'plan.pdf', size: 10 },
    { type: 'uploadFailed', key: 1, error },
  ])
  expect(isUploading(state)).toBe(false)
  expect(state.uploads[0]?.error).toEqual(error)
})

test('Bcc is shown from the start when it is filled in', () => {
  expect(startCompose({ ...draft, bcc: 'boss@example.org' }, null).showsAllHeaders).toBe(true)
})
