import { expect, test } from 'vitest'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { ChangeRecorder } from './change-recorder.ts'

const message = 7 as MessageId
const [inbox, sent] = [1 as FolderId, 2 as FolderId]

function recorded(work: (recorder: ChangeRecorder) => void) {
  const recorder = new ChangeRecorder()
  work(recorder)
  return recorder.take().messages.get(message)
}

test('what happens to one message adds up to one change', () => {
  const plain = { flags: false, content: false }
  expect(recorded((r) => r.messageAdded(message, inbox))).toEqual({ ...plain, before: null, after: inbox })
  expect(recorded((r) => [r.messageAdded(message, inbox), r.messageMoved(message, inbox, sent), r.flagsChanged(message, sent)])).toEqual({
    before: null,
    after: sent,
    flags: true,
    content: false,
  })
  expect(recorded((r) => [r.contentChanged(message, inbox), r.messageMoved(message, inbox, sent)])).toEqual({
    before: inbox,
    after: sent,
    flags: false,
    content: true,
  })
  expect(recorded((r) => [r.messageMoved(message, inbox, sent), r.messageRemoved(message, sent)])).toEqual({
    ...plain,
    before: inbox,
    after: null,
  })
})

test('a message that came and went was never there', () => {
  const recorder = new ChangeRecorder()
  recorder.messageAdded(message, inbox)
  recorder.messageRemoved(message, inbox)
  expect(recorder.isEmpty).toBe(true)
})

test('taking begins anew', () => {
  const recorder = new ChangeRecorder()
  recorder.accountsChanged()
  recorder.settingsChanged()
  recorder.folderChanged(inbox)
  recorder.folderRemoved(inbox)
  expect(recorder.take()).toMatchObject({ accounts: true, settings: true, folders: new Set(), removedFolders: new Set([inbox]) })
  expect(recorder.isEmpty).toBe(true)
})
