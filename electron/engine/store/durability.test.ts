import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { localFolder, openTestStore, temporaryFolder } from './test-store.ts'

const child = join(import.meta.dirname, 'durability-child.ts')

/** Lets a program store mail and kills it in the midst of that. Returns what it had acknowledged. */
async function storeUntilKilled(folder: string, round: number): Promise<{ id: MessageId; hash: string }[]> {
  const program = spawn(process.execPath, [child, folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: { id: MessageId; hash: string }[] = []
  for await (const line of createInterface({ input: program.stdout })) {
    const [id, hash = ''] = line.split(' ')
    acknowledged.push({ id: Number(id) as MessageId, hash })
    if (acknowledged.length === 3 + round * 3) program.kill('SIGKILL')
  }
  if (program.exitCode === null && program.signalCode === null) await once(program, 'exit')
  return acknowledged
}

test('no acknowledged message is lost when the program is killed, ten times over', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder()
  const all: { id: MessageId; hash: string }[] = []
  for (let round = 0; round < 10; round++) {
    const acknowledged = await storeUntilKilled(folder, round)
    expect(acknowledged.length).toBeGreaterThan(0)
    all.push(...acknowledged)
    // Opens at once: the lock died with its holder, and nothing has to be repaired.
    const store = openTestStore({ folder })
    const stored = store.messages.idsInFolder(localFolder(store, 'inbox'))
    expect(stored).toEqual(expect.arrayContaining(acknowledged.map(({ id }) => id)))
    expect(store.folders.get(localFolder(store, 'inbox')).total).toBe(stored.length)
    // Reading compares each body with its hash; a row without its body would fail here.
    for (const id of stored) store.bodies.read(store.messages.details(id).body ?? '')
    store.close()
  }
  const store = openTestStore({ folder })
  for (const { id, hash } of all) expect(store.messages.details(id).body?.hash).toBe(hash)
  await store.sweep()
  const { total } = store.views.open({ folder: null, sort: 'received', descending: true, search: 'x' }, 1, null)
  expect(total).toBe(store.folders.get(localFolder(store, 'inbox')).total)
  store.close()
  for (const name of ['index.db', 'bodies.db']) {
    const db = new DatabaseSync(join(folder, name))
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    db.close()
  }
})
