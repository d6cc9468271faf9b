import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { accountSettings, newMessage, openTestStore, seededRandom, temporaryFolder } from './test-store.ts'

test.each([11, 12, 13, 14])('the counters of all folders stay exact under random changes (seed %i)', (seed) => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  const random = seededRandom(seed)
  const pick = (most: number) => Math.floor(random() * most)
  const account = store.accounts.add(accountSettings('Work', 'imap')).id
  const place = { parent: null, role: 'none', selectable: true } as const
  for (const name of ['A', 'B', 'C']) store.folders.add({ ...place, account, name, path: name })
  const anyFolder = () => store.folders.list()[pick(store.folders.list().length)]?.id ?? store.folders.list()[0]?.id
  const messages: MessageId[] = []
  const some = () => Array.from({ length: pick(6) }, () => messages[pick(messages.length)]).flatMap((id) => id ?? [])

  for (let round = 0; round < 150; round++) {
    const target = anyFolder()
    if (target === undefined) throw new Error('no folder left')
    const work = () => {
      const kind = pick(7)
      if (kind <= 1) messages.push(...store.messages.addMany([newMessage(target), newMessage(target, { flags: { seen: random() < 0.5 } })]))
      else if (kind === 2) store.messages.setFlags(some(), ['seen'], ['flagged'])
      else if (kind === 3) store.messages.setFlags(some(), ['flagged'], ['seen'])
      else if (kind === 4) store.messages.move(some(), target)
      else if (kind === 5) store.messages.remove(some())
      if (random() < 0.2) throw new Error('rolled back')
    }
    try {
      store.transaction(work)
    } catch (error) {
      if (!(error instanceof Error && error.message === 'rolled back')) throw error
    }
    if (round === 100) store.folders.remove(store.folders.find(account, 'B')?.id ?? target)
    if (round === 130) store.accounts.remove(account)
  }

  const counted = store.folders.list().map(({ id, total, unread }) => ({ id, total, unread }))
  store.close()
  const db = new DatabaseSync(join(folder, 'index.db'))
  const truth = db
    .prepare(`
      SELECT folder.id, count(message.id) AS total, count(message.id) FILTER (WHERE message.flags & 1 = 0) AS unread
      FROM folder LEFT JOIN message ON message.folder_id = folder.id GROUP BY folder.id ORDER BY folder.id`)
    .all()
    .map((row) => ({ ...row }))
  const words = db.prepare('SELECT count(*) AS count FROM message_text').get()
  db.close()
  expect(counted).toEqual(truth)
  expect(words?.count).toBe(truth.reduce((sum, { total }) => sum + Number(total), 0))
})
