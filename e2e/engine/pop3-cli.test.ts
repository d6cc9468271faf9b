// Remote mode and deletions from the command line.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server, type Pop3Server } from '../../electron/practice/pop3-server.ts'
import { messages } from './support/pop3-world.ts'

const cli = fileURLToPath(new URL('../../electron/hosts/cli/cli.mjs', import.meta.url))
const mail = messages(3)

let folder: string
let server: Pop3Server
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-cli-'))
  server = await startPop3Server({ findUser: () => ({ password: 'right', maildrop: arrayMaildrop(mail) }) })
  const incoming = { protocol: 'pop3', host: '127.0.0.1', port: server.port, security: 'none', user: 'alice' }
  const outgoing = { host: '127.0.0.1', port: 1, security: 'none', auth: 'none' }
  const pop3 = { leaveOnServer: false }
  const preset = { postrider: 1, name: 'Work', email: 'alice@example.org', incoming, outgoing, pop3 }
  writeFileSync(join(folder, 'preset.json'), JSON.stringify(preset))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Asynchronous, because the server lives in this process. */
async function run(...words: readonly string[]) {
  const child = spawn(process.execPath, [cli, ...words, '--data', join(folder, 'mail')], {
    env: { ...process.env, POSTRIDER_PASSWORD: 'right' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { out, err, code: code as number }
}

test('headers, marks, and a deletion that is only done when it was agreed to', { timeout: 60_000 }, async () => {
  await run('account', 'add', '--preset', join(folder, 'preset.json'))
  const headers = await run('sync', '--headers-only', '--json')
  expect(JSON.parse(headers.out).accounts).toMatchObject([{ headers: 3, received: 0, deletedOnServer: 0 }])
  const rows = (await run('list', '--folder', 'Local Folders/Inbox', '--json')).out.trim().split('\n')
  const ids = rows.map((row) => (JSON.parse(row) as { id: number }).id)
  expect((await run('pop3', 'mark', String(ids[0]), 'delete')).code).toBe(0)
  expect((await run('pop3', 'mark', String(ids[0]), 'perhaps')).code).toBe(2)
  const marks = (await run('pop3', 'marks', '--json')).out.trim().split('\n')
  expect(marks.map((line) => JSON.parse(line))).toMatchObject([{ account: 'Work', id: ids[0], mark: 'delete', state: 'header-only' }])

  const refused = await run('sync', '--json')
  expect(JSON.parse(refused.out).accounts).toMatchObject([{ deletedOnServer: 0 }])
  expect(refused.err).toContain('not deleting (see --agree) 3 of 3 messages')
  expect(mail).toHaveLength(3)
  const agreed = await run('sync', '--agree', '--json')
  expect(JSON.parse(agreed.out).accounts).toMatchObject([{ deletedOnServer: 3 }])
  expect(mail).toEqual([])
})
