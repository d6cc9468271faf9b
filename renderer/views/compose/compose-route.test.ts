import { expect, test } from 'vitest'
import { readComposeRoute } from './compose-route.ts'
import { autosaveKey, readAutosaveKey } from './compose-window-id.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'

test('A compose window knows from its address what it was opened for', () => {
  expect(readComposeRoute(new URLSearchParams('kind=reply-all&message=12'))).toEqual({
    kind: 'reply-all',
    message: 12,
    draft: null,
    recover: null,
  })
})

test('An address that makes no sense is a new message', () => {
  expect(readComposeRoute(new URLSearchParams('kind=nonsense&message=x'))).toEqual({
    kind: 'new',
    message: null,
    draft: null,
    recover: null,
  })
})

test('A kept text remembers which stored message it replaces', () => {
  expect(readAutosaveKey(autosaveKey('abc-1', 7 as MessageId))).toEqual({ windowId: 'abc-1', stored: 7 })
  expect(readAutosaveKey(autosaveKey('abc-1', null))).toEqual({ windowId: 'abc-1', stored: null })
})
