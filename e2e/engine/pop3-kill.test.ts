// B1, J1: the program is killed while it downloads and deletes. POSTRIDER_KILLS=500 kills 500 times instead of 50.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyOf } from '../../electron/engine/sync/pop3-consent.ts'
import { missingServers } from '../servers/find-servers.ts'
import { seededRandom } from '../servers/seeded-random.ts'
import { startLab, type Lab } from '../servers/start-lab.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const kills = Number(process.env.POSTRIDER_KILLS ?? 50)
const batch = 400
const user = 'pop2k'
const missing = missingServers()
if (missing !== undefined) console.warn(`skipped: ${missing}`)

let lab: Lab
beforeAll(async () => {
  if (missing === undefined) lab = await startLab()
}, 60_000)
afterAll(async () => {
  await lab?.stop()
})

/** Line ends differ between a Maildir and POP3. */
const nameOf = (raw: Buffer) => createHash('sha256').update(raw.toString('latin1').replaceAll('\r', '')).digest('hex')

/** The server may still be deleting for the connection of one that was killed after its QUIT: then a file goes while we look. */
function onServer(): readonly Buffer[] {
  for (;;) {
    try {
      return lab.mailbox(user)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

async function receiveAndKill(folder: string, afterMs: number): Promise<boolean> {
  const script = fileURLToPath(new URL('support/receiver.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, lab.user(user).password], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (data) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs)
    output += String(data)
  })
  await once(child, 'close')
  // The server may still hold the lock for the connection of the one that was killed.
  if (output.includes('failed')) expect(output).toContain('mailbox-locked')
  return output.includes('finished')
}

/** Every message here, by its content; throws when one is here twice or can not be read. */
function here({ engine, local }: TestEngine): ReadonlyMap<string, number> {
  const { store } = engine.parts
  const found = new Map<string, number>()
  for (const id of store.messages.idsInFolder(local('inbox'))) {
    const { body } = store.messages.details(id)
    if (!body) throw new Error('a row without its body')
    const name = nameOf(store.bodies.read(body))
    found.set(name, (found.get(name) ?? 0) + 1)
  }
  return found
}

/** So that looking at everything after each kill takes the same time to the end. */
async function startOver(folder: string, all: Set<string>): Promise<void> {
  const opened = await startTestEngine(folder)
  expect(new Set(here(opened).keys())).toEqual(all)
  const { store } = opened.engine.parts
  store.messages.remove(store.messages.idsInFolder(opened.local('inbox')))
  await opened.engine.close()
  all.clear()
}

test.skipIf(missing !== undefined)(
  `P7, P8: killed ${kills} times while downloading and deleting, every message is always here or there, and here once in the end`,
  { timeout: 60_000 + kills * 6000 },
  async () => {
    const random = seededRandom(20261122)
    const { port } = lab.pop3
    const prepared = await startTestEngine()
    const base = accountSettings({ protocol: 'pop3', user, port })
    const account = await prepared.addAccount({ ...base, pop3: { ...base.pop3, leaveOnServer: false } }, lab.user(user).password)
    const { store } = prepared.engine.parts
    store.transaction(() => store.pop3Accounts.setAgreed(account.id, keyOf(account.pop3)), 'full')
    const { folder } = prepared
    await prepared.engine.close()
    const all = new Set<string>()
    const partly = { downloaded: 0, deleted: 0 }
    let filled = 0
    for (let round = 0; round < kills; round += 1) {
      if (onServer().length === 0) {
        if (all.size >= 4 * batch) await startOver(folder, all)
        lab.fill(user, { count: batch, profile: 'small', start: filled })
        filled += batch
        for (const raw of onServer()) all.add(nameOf(raw))
      }
      await receiveAndKill(folder, random.below(450))
      const opened = await startTestEngine(folder)
      const held = here(opened)
      const there = onServer().map(nameOf)
      if (held.size < all.size && held.size > all.size - batch) partly.downloaded += 1
      else if (held.size === all.size && there.length > 0) partly.deleted += 1
      expect([...held.values()].every((times) => times === 1)).toBe(true)
      const lost = [...all].filter((name) => !held.has(name) && !there.includes(name))
      expect(lost).toEqual([])
      await opened.engine.close()
    }
    const last = await startTestEngine(folder)
    await last.engine.parts.passwords.set(account.id, 'incoming', lab.user(user).password, false)
    await last.sendAndReceive()
    expect(new Set(here(last).keys())).toEqual(all)
    expect([...here(last).values()].every((times) => times === 1)).toBe(true)
    expect(onServer()).toHaveLength(0)
    await last.close()
    console.info(
      `${kills} kills: ${partly.downloaded} in a download, ${partly.deleted} between it and the end of deleting; ${filled} messages`,
    )
  },
)
