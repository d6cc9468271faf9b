// The command line as scripts use it: real processes, exit codes, what goes to which stream.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server, type Pop3Server } from '../../electron/practice/pop3-server.ts'
import { startSmtpServer, type RunningSmtpServer } from '../../electron/practice/smtp-server.ts'
import { startTestEngine } from './support/test-engine.ts'

const cli = fileURLToPath(new URL('../../electron/hosts/cli/cli.mjs', import.meta.url))
const raw = Buffer.from(
  'From: Anna <anna@example.org>\r\nSubject: Gr\xfc\xdfe\r\nMessage-ID: <1@example.org>\r\n\r\nunusual w\xf6rds\r\n',
  'latin1',
)

let folder: string
let pop3: Pop3Server
let smtp: RunningSmtpServer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-cli-'))
  pop3 = await startPop3Server({ findUser: () => ({ password: 'right', maildrop: arrayMaildrop([{ uidl: 'one', raw }]) }) })
  smtp = await startSmtpServer({ users: [{ user: 'alice', password: 'right' }] })
  writeFileSync(
    join(folder, 'preset.json'),
    JSON.stringify({
      postrider: 1,
      name: 'Work',
      email: 'alice@example.org',
      incoming: { protocol: 'pop3', host: '127.0.0.1', port: pop3.port, security: 'none', user: 'alice' },
      outgoing: { host: '127.0.0.1', port: smtp.port, security: 'none' },
    }),
  )
})
afterAll(async () => {
  await pop3.close()
  await smtp.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Asynchronous, because the servers live in this process. */
async function run(words: readonly string[], password = 'right') {
  const child = spawn(process.execPath, [cli, ...words, '--data', join(folder, 'mail')], {
    env: { ...process.env, POSTRIDER_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { out, err, code: code as number }
}

test('an account from a preset, a sync, the list, the bytes, a search, an answer', { timeout: 60_000 }, async () => {
  const added = await run(['account', 'add', '--preset', join(folder, 'preset.json'), '--json'])
  expect(added).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(added.out)).toMatchObject({ name: 'Work' })

  const synced = await run(['sync', '--json'])
  expect(synced.code).toBe(0)
  expect(JSON.parse(synced.out).accounts).toMatchObject([{ name: 'Work', received: 1, deletedOnServer: 0, bytes: raw.length }])

  const listed = await run(['list', '--folder', 'Local Folders/Inbox', '--json'])
  const row = JSON.parse(listed.out) as { id: number; sha256: string }
  expect(row).toMatchObject({ subject: 'Grüße', uidl: 'one', state: 'downloaded', messageId: '<1@example.org>' })
  expect(row.sha256).toBe(createHash('sha256').update(raw).digest('hex'))

  const shown = spawnSync(process.execPath, [cli, 'show', String(row.id), '--raw', '--data', join(folder, 'mail')])
  expect(shown.stdout.equals(raw)).toBe(true)
  expect(JSON.parse((await run(['search', 'wörds', '--json'])).out)).toMatchObject({ id: row.id })
  expect(await run(['search', 'nothing-like-it', '--json'])).toMatchObject({ code: 0, out: '' })

  const letter = 'From: alice@example.org\nTo: bob@example.org\nSubject: hello\n\nline\n.\nafter the dot\n'
  writeFileSync(join(folder, 'letter.eml'), letter)
  const sent = await run(['send', join(folder, 'letter.eml'), '--account', 'Work', '--json'])
  expect(JSON.parse(sent.out)).toMatchObject({ state: 'sent' })
  expect(smtp.received.map((message) => message.raw.toString())).toEqual([letter.replaceAll('\n', '\r\n')])
})

test('wrong words end with 2, a failure with 1 and its spoken code', { timeout: 60_000 }, async () => {
  expect((await run(['dance'])).code).toBe(2)
  expect((await run(['list'])).code).toBe(2)
  const missing = await run(['list', '--folder', 'Local Folders/Nowhere', '--json'])
  expect(missing.code).toBe(1)
  expect(JSON.parse(missing.err.trim().split('\n').at(-1) ?? '')).toMatchObject({ code: 'APP-1' })
  const refused = await run(['sync', '--json'], 'wrong')
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.err.trim().split('\n').at(-1) ?? '')).toMatchObject({ code: 'AUTH-1', detail: { server: '127.0.0.1' } })
  expect(refused.err + refused.out).not.toContain('wrong')
})

test('a second program on the same folder is refused with STORE-2', { timeout: 60_000 }, async () => {
  const holder = await startTestEngine(join(folder, 'mail'))
  const second = await run(['folders', '--json'])
  expect(second.code).toBe(1)
  expect(JSON.parse(second.err)).toMatchObject({ code: 'STORE-2' })
  await holder.engine.close()
})

test('the connection doctor lists its steps, and its exit code says whether all is well', { timeout: 60_000 }, async () => {
  const well = await run(['doctor', '--account', 'Work', '--json'])
  expect(well).toMatchObject({ code: 0, err: '' })
  const [report] = (JSON.parse(well.out) as { accounts: { steps: { name: string; state: string; ms: number | null }[] }[] }).accounts
  expect(report?.steps.find(({ name }) => name === 'mailbox')).toMatchObject({ state: 'passed', ms: expect.any(Number) })
  const ill = await run(['doctor'], 'wrong')
  expect(ill.code).toBe(1)
  expect(ill.out).toMatch(/ {2}Log on +failed/)
  expect(ill.out).toContain('  > Try alice@example.org as the account name')
  expect(ill.err).toContain('AUTH-1')
})
