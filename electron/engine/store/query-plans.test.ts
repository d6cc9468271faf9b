import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { ViewRequest } from '../../../shared/domain/view.ts'
import { BodyFiles } from './body-files.ts'
import { MessageBodies } from './message-bodies.ts'
import { MessagesTable } from './messages-table.ts'
import { type Query, Sql } from './sql.ts'
import { addSubjects, localFolder, openTestStore, temporaryFolder } from './test-store.ts'
import { Transactions } from './transactions.ts'
import { ViewList } from './view-list.ts'
import { toViewQuery } from './view-query.ts'

/** Remembers what was asked, so that SQLite can be asked how it goes about it. */
class RecordingSql extends Sql {
  readonly asked: Query[] = []

  override all<Row>(query: Query): Row[] {
    this.asked.push(query)
    return super.all(query)
  }

  override get<Row>(query: Query): Row | undefined {
    this.asked.push(query)
    return super.get(query)
  }

  override run(query: Query): number {
    this.asked.push(query)
    return super.run(query)
  }

  /** How the questions since the last call about messages are answered. */
  plans(): string[] {
    const asked = this.asked.splice(0).filter(({ text }) => /FROM message|UPDATE message|DELETE FROM message/.test(text))
    return asked.flatMap(({ text, values }) =>
      super.all<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${text}`, values }).map(({ detail }) => detail),
    )
  }
}

const inbox = 1 as FolderId
const newestFirst: ViewRequest = { folder: inbox, sort: 'received', descending: true, search: null }

function recordingIndex(): RecordingSql {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  expect(localFolder(store, 'inbox')).toBe(inbox)
  addSubjects(store, inbox, ['a', 'b', 'c'])
  store.close()
  const path = join(folder, 'index.db')
  const recording = new RecordingSql(new DatabaseSync(path), path)
  onTestFinished(() => recording.close())
  return recording
}

test.each<[string, Partial<ViewRequest>, string]>([
  ['newest first', {}, 'message_list (folder_id=?'],
  ['oldest first', { descending: false }, 'message_list (folder_id=?'],
  ['all folders', { folder: null }, 'message_received'],
])('a list of %s is read in the order of an index, at any depth', (_, change, index) => {
  const sql = recordingIndex()
  const list = new ViewList(sql, toViewQuery({ ...newestFirst, ...change }))
  list.slice(0, 2)
  list.slice(2, 1)
  list.position(2 as MessageId)
  list.readSlice()
  const plans = sql.plans()
  expect(plans.filter((plan) => plan.includes(index)).length).toBeGreaterThanOrEqual(4)
  expect(plans.filter((plan) => /TEMP B-TREE|SCAN m$/.test(plan))).toEqual([])
  expect(plans.filter((plan) => plan.includes(index) && !plan.includes('COVERING'))).toEqual([])
})

test('a search starts from the words, not from the folder', () => {
  const sql = recordingIndex()
  const list = new ViewList(sql, toViewQuery({ ...newestFirst, search: 'word' }))
  const plans = sql.plans()
  expect(plans).toContainEqual('SEARCH m USING INTEGER PRIMARY KEY (rowid=?)')
  expect(plans.filter((plan) => plan.includes('message_list'))).toEqual([])
  list.apply(new Set([1 as MessageId]))
  expect(sql.plans().filter((plan) => /SCAN (?!message_text|few|json_each|CONSTANT)/.test(plan))).toEqual([])
})

test('messages are found by number, UID, header and body without walking through them', () => {
  const sql = recordingIndex()
  const transactions = new Transactions(sql, 0, () => {})
  const bodies = new MessageBodies(sql, new BodyFiles(temporaryFolder()), () => 0)
  const messages = new MessagesTable({ sql, transactions }, bodies)
  const ids = [1, 2] as MessageId[]
  messages.getMany(ids)
  messages.setFlags(ids, ['seen'], [])
  messages.move(ids, 3 as FolderId)
  messages.uidRows(inbox)
  messages.findByUid(inbox, 1)
  messages.maxUid(inbox)
  messages.findByMessageIdHeader(inbox, '<a@b>')
  messages.idsInFolder(inbox)
  messages.unreferenced(['ab'])
  const plans = sql.plans().filter((plan) => /\bmessage\b/.test(plan))
  expect(plans.length).toBeGreaterThanOrEqual(9)
  expect(plans.filter((plan) => !plan.startsWith('SEARCH message USING'))).toEqual([])
  expect(plans.join('\n')).toMatch(
    /message_uid \(folder_id=\? AND uid=\?\)[\s\S]*message_header \(message_id=\?\)[\s\S]*message_body \(body_hash=\?\)/,
  )
})
