// J1: the program is killed in the middle of a download, again and again.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingServers } from '../servers/find-servers.ts'
import { seededRandom } from '../servers/seeded-random.ts'
import { startLab, type Lab } from '../servers/start-lab.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const kills = 50
const messages = 6000
const missing = missingServers()
if (missing !== undefined) console.warn(`skipped: ${missing}`)

let lab: Lab
beforeAll(async () => {
  if (missing !== undefined) return
  lab = await startLab()
  lab.fill('pop20k', { count: messages, profile: 'small' })
}, 120_000)
afterAll(async () => {
  await lab?.stop()
})

interface Outcome {
  /** The last count that was said to be stored before the end. */
  readonly acknowledged: number
  readonly isFinished: boolean
}

/** Receives until `afterMs` after the engine was ready, then kills. */
async function receiveAndKill(folder: string, afterMs: number): Promise<Outcome> {
  const script = fileURLToPath(new URL('support/receiver.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, lab.user('pop20k').password], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (data) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs)
    output += String(data)
  })
  await once(child, 'close')
  expect(output).not.toContain('failed')
  const counts = output.split('\n').filter((line) => /^\d+$/.test(line))
  return { acknowledged: Number(counts.at(-1) ?? 0), isFinished: output.includes('finished') }
}

async function freshStore(): Promise<string> {
  const prepared = await startTestEngine()
  const { port } = lab.pop3
  await prepared.addAccount(accountSettings({ protocol: 'pop3', user: 'pop20k', port }), lab.user('pop20k').password)
  await prepared.engine.close()
  return prepared.folder
}

function checkStore(opened: TestEngine): number {
  const { store } = opened.engine.parts
  const inbox = opened.local('inbox')
  const uidls = new Set<string>()
  for (const id of store.messages.idsInFolder(inbox)) {
    const { body, uidl } = store.messages.details(id)
    if (!body || uidl === null) throw new Error('a row without its body or its UIDL')
    expect(createHash('sha256').update(store.bodies.read(body)).digest('hex')).toBe(body.hash)
    uidls.add(uidl)
  }
  expect(uidls.size).toBe(store.folders.get(inbox).total)
  return uidls.size
}

test.skipIf(missing !== undefined)(
  `P2, P4: killed ${kills} times while receiving, nothing that was stored is lost or doubled`,
  { timeout: 400_000 },
  async () => {
    const random = seededRandom(20261121)
    let folder = await freshStore()
    let finished = 0
    let interrupted = 0
    for (let round = 0; round < kills; ) {
      const outcome = await receiveAndKill(folder, random.below(350))
      const started = performance.now()
      const opened = await startTestEngine(folder)
      const openMs = performance.now() - started
      const stored = opened.engine.parts.store.folders.get(opened.local('inbox')).total
      expect(stored).toBeGreaterThanOrEqual(outcome.acknowledged)
      expect(openMs).toBeLessThan(2000)
      if (outcome.isFinished) {
        expect(checkStore(opened)).toBe(messages)
        finished += 1
        await opened.close()
        folder = await freshStore()
        continue
      }
      if (stored > 0 && stored < messages) interrupted += 1
      round += 1
      await opened.engine.close()
    }
    const last = await startTestEngine(folder)
    await last.engine.parts.passwords.set(
      last.engine.parts.store.accounts.list()[0]?.id as never,
      'incoming',
      lab.user('pop20k').password,
      false,
    )
    await last.sendAndReceive()
    expect(checkStore(last)).toBe(messages)
    await last.close()
    console.info(`${kills} kills, ${interrupted} of them in the middle of a download, ${finished} downloads that ended before their kill`)
  },
)
