// Large mail, what is told about it, and Stop.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { accountSettings, startTestEngine } from './support/test-engine.ts'
import { message, messages, startPop3World, type Pop3World } from './support/pop3-world.ts'

let world: Pop3World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const megabyte = 1_000_000

test('a message of 50 MB makes the engine grow by less than 32 MB, and is byte for byte here', { timeout: 60_000 }, async () => {
  const raw = Buffer.concat([
    Buffer.from(
      'From: a@example.org\r\nSubject: large\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst words\r\n--b\r\n',
    ),
    Buffer.from('Content-Type: application/octet-stream; name=big.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
    Buffer.alloc(50 * megabyte, `${'QUJD'.repeat(19)}\r\n`),
    Buffer.from('\r\n--b--\r\n'),
  ])
  const server = await startPop3Server({ findUser: () => ({ password: 'right', maildrop: arrayMaildrop([{ uidl: 'large', raw }]) }) })
  const prepared = await startTestEngine()
  await prepared.addAccount(accountSettings({ protocol: 'pop3', user: 'a', port: server.port }), 'right')
  await prepared.engine.close()
  const child = spawn(process.execPath, [fileURLToPath(new URL('support/grown-by.ts', import.meta.url)), prepared.folder, 'right'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (data) => (output += String(data)))
  await once(child, 'close')
  const grown = Number(output) / megabyte
  console.info(`the engine grew by ${grown.toFixed(1)} MB`)
  expect(grown).toBeLessThan(32)
  const opened = await startTestEngine(prepared.folder)
  const { store } = opened.engine.parts
  const [row] = opened.rows(opened.local('inbox'))
  if (!row) throw new Error('nothing came')
  expect(row).toMatchObject({ subject: 'large', hasAttachment: true, size: raw.length })
  const { body } = store.messages.details(row.id)
  expect(body && store.bodies.read(body).equals(raw)).toBe(true)
  const found = store.views.open({ folder: null, sort: 'received', descending: true, search: '"first words"' }, 10, null)
  expect(found.total).toBe(1)
  await opened.close()
  await server.close()
})

test('what is going on is told in messages and megabytes', async () => {
  const mail = Array.from({ length: 12 }, (_, index) => ({ uidl: `u${index}`, raw: message(`m${index}`, 'x'.repeat(200_000)) }))
  world = await startPop3World({ mail })
  world.server.faults.bytesPerSecond = 4_000_000
  const texts: string[] = []
  world.engine.engine.on('runProgress', ({ tasks }) => texts.push(tasks[0]?.text ?? ''))
  await world.connect()
  expect(texts.filter((text) => /^Downloading message \d+ of 12 \(\d\.\d of 2\.4 MB\)$/.test(text)).length).toBeGreaterThan(3)
})

test('P4: Stop ends within a second, keeps what came, and deletes nothing', async () => {
  const mail = [...messages(20), { uidl: 'slow', raw: message('slow', 'x'.repeat(5_000_000)) }]
  world = await startPop3World({ mail, options: { leaveOnServer: false } })
  world.server.faults.bytesPerSecond = 200_000
  const { runs } = world.engine.engine.parts
  let stoppedAt = 0
  world.engine.engine.on('runProgress', ({ run, tasks }) => {
    if ((tasks[0]?.bytesDone ?? 0) < 10_000 || stoppedAt > 0) return
    stoppedAt = performance.now()
    runs.stop(run)
  })
  expect((await world.connect()).state).toBe('cancelled')
  expect(performance.now() - stoppedAt).toBeLessThan(1000)
  expect(world.mail).toHaveLength(21)
  expect(world.rows()).toHaveLength(20)
  delete world.server.faults.bytesPerSecond
  await world.connect()
  expect(world.rows()).toHaveLength(21)
  expect(world.mail).toEqual([])
})
