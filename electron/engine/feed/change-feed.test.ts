import { expect, test } from 'vitest'
import { emptyBatch } from '../../../shared/changes/change-batch.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { silentLogger } from '../log.ts'
import { ChangeFeed, toBatch } from './change-feed.ts'
import { ChangeRecorder } from './change-recorder.ts'

const position = { storeId: 's', seq: 1 }
const noRows = { findFolder: () => undefined, listMessages: () => [] }

test('a moved message reshapes both folders, a removed folder is not reshaped', () => {
  const recorder = new ChangeRecorder()
  const [a, b, c] = [1, 2, 3] as FolderId[]
  if (!a || !b || !c) throw new Error('no folders')
  recorder.messageMoved(1 as MessageId, a, b)
  recorder.messageRemoved(2 as MessageId, c)
  recorder.folderRemoved(c)
  expect(toBatch(recorder.take(), position, noRows)).toMatchObject({ reshaped: [a, b], removed: [2], removedFolders: [c] })
})

test('the feed remembers the last 500 batches and no more', () => {
  const feed = new ChangeFeed(silentLogger)
  for (let seq = 1; seq <= 600; seq++) feed.publish({ ...emptyBatch('s', seq), reshaped: [seq as FolderId] })
  const now = { storeId: 's', seq: 600 }
  expect(feed.since(600, now)).toEqual(emptyBatch('s', 600))
  expect(feed.since(598, now)).toMatchObject({ seq: 600, reshaped: [599, 600] })
  expect(feed.since(100, now)).toMatchObject({ seq: 600, reshaped: { length: 500 } })
  expect(feed.since(99, now)).toBe('start-over')
  expect(feed.since(601, now)).toBe('start-over')
})

test('large batches push earlier ones out', () => {
  const feed = new ChangeFeed(silentLogger)
  const removed = Array.from({ length: 15_000 }, (_, at) => at as MessageId)
  for (const seq of [1, 2, 3]) feed.publish({ ...emptyBatch('s', seq), removed })
  const now = { storeId: 's', seq: 3 }
  expect([feed.since(1, now), feed.since(2, now)]).toMatchObject(['start-over', { seq: 3 }])
})

test('a listener that has left hears nothing more', () => {
  const feed = new ChangeFeed(silentLogger)
  const heard: number[] = []
  const leave = feed.onChange(({ seq }) => heard.push(seq))
  feed.publish(emptyBatch('s', 1))
  leave()
  feed.publish(emptyBatch('s', 2))
  expect(heard).toEqual([1])
})
