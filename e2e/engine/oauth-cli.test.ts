// Signing in with the browser from the command line, and what later commands make of it: real processes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startIdentityProvider } from '../../electron/practice/identity-provider.ts'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'

const cli = fileURLToPath(new URL('../../electron/hosts/cli/cli.mjs', import.meta.url))
const fixtures = fileURLToPath(new URL('../../electron/practice/fixtures/', import.meta.url))
const user = 'alice@example.org'

/** `onNote` reads standard error as it comes. */
async function run(folder: string, words: readonly string[], onNote: (line: string) => void = () => {}) {
  const child = spawn(process.execPath, [cli, ...words, '--data', join(folder, 'mail')], { stdio: ['ignore', 'pipe', 'pipe'] })
  const notes: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    notes.push(line)
    onNote(line)
  })
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { out, notes: notes.join('\n'), code: code as number }
}

test('a code signs in, and what a later command renews is remembered, too', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-cli-'))
  const provider = await startIdentityProvider({ user })
  const maildrop = arrayMaildrop([{ uidl: 'one', raw: Buffer.from('Subject: One\r\n\r\nHello\r\n') }])
  const pop3 = await startPop3Server({
    findUser: () => ({ password: provider.newestToken() ?? '', maildrop }),
    abilities: { mechanisms: ['XOAUTH2'] },
    tls: { cert: readFileSync(join(fixtures, 'good.pem'), 'utf8'), key: readFileSync(join(fixtures, 'good.key'), 'utf8') },
  })
  const oauth = { provider: 'other', issuer: provider.issuer, clientId: 'practice-client' }
  const preset = {
    ...{ postrider: 1, name: 'Work', email: user, trust: { ca: readFileSync(join(fixtures, 'ca.pem'), 'utf8') } },
    incoming: { protocol: 'pop3', host: '127.0.0.1', port: pop3.port, user, auth: 'oauth2', oauth },
    outgoing: { host: '127.0.0.1', auth: 'none' },
  }
  writeFileSync(join(folder, 'preset.json'), JSON.stringify(preset))
  expect((await run(folder, ['account', 'add', '--preset', join(folder, 'preset.json')])).code).toBe(0)
  expect((await run(folder, ['sync'])).notes).toContain('SIGN-1')
  expect((await run(folder, ['account', 'sign-in', 'Work', '--code'])).code).toBe(2)

  const enter = (line: string) => provider.enterCode(/enter the code (\S+)/.exec(line)?.[1] ?? '')
  const signedIn = await run(folder, ['account', 'sign-in', 'Work', '--remember', '--code'], enter)
  expect(signedIn).toMatchObject({ code: 0, out: 'You are signed in for "Work".\n' })
  expect((await run(folder, ['sync'])).code).toBe(0)
  for (const _time of [1, 2]) {
    provider.revoke('access')
    expect((await run(folder, ['sync'])).code).toBe(0)
  }
  expect(provider.grants.filter((grant) => grant === 'refresh_token')).toHaveLength(2)
  await pop3.close()
  await provider.close()
  rmSync(folder, { recursive: true, force: true })
})
