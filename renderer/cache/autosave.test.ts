import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { Draft } from '../../shared/domain/draft.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { dropAutosave, listAutosaves, saveAutosave } from './autosave.ts'
import { CacheDatabase } from './database.ts'

const draft = (text: string): Draft => ({
  account: 1 as AccountId,
  to: '',
  cc: '',
  bcc: '',
  subject: '',
  text,
  priority: 'normal',
  attachments: [],
  related: null,
  inReplyTo: '',
  references: [],
})

test('the last text of each window is found again, and gone once it is dropped', async () => {
  const db = new CacheDatabase('autosave-test')
  await saveAutosave('a', draft('one'), db)
  await saveAutosave('a', draft('one and more'), db)
  await saveAutosave('b', draft('two'), db)
  expect((await listAutosaves(db)).map((saved) => saved.draft.text).toSorted()).toEqual(['one and more', 'two'])
  await dropAutosave('a', db)
  expect((await listAutosaves(db)).map((saved) => saved.key)).toEqual(['b'])
})
