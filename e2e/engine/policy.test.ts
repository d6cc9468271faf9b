// What a policy means where nobody looks at a form: at the log-on prompt, and before a certificate that nothing vouches for.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createEngine } from '../../electron/engine/engine.ts'
import { silentLogger } from '../../electron/engine/log.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'
import { type ImapServerOptions, startImapServer } from '../../electron/practice/imap-server.ts'

const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')
const never = new AbortController().signal
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function engineWithPolicy(locked: readonly string[], options: Partial<ImapServerOptions> = {}) {
  const server = await startImapServer({ users: [{ user: 'jdoe', password: 'p' }], ...options })
  const dataFolder = mkdtempSync(join(tmpdir(), 'postrider-policy-'))
  const incoming = { protocol: 'imap', host: 'localhost', port: server.port, security: options.tls ? 'tls' : 'none', user: '%USERNAME%' }
  const preset = { postrider: 1, displayName: 'Jane', email: 'jane@example.com', incoming, outgoing: { host: 'localhost', auth: 'none' } }
  const content = JSON.stringify({ 'postrider-policy': 1, version: 1, organization: 'Example', accounts: [{ id: 'm', preset, locked }] })
  const policy = { path: 'policy.json', content, beside: {}, user: { login: 'wrong', fullName: '' } }
  const engine = await createEngine({ dataFolder, clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: 't', policy })
  closing.push(() => rmSync(dataFolder, { recursive: true, force: true }), server.close, engine.close)
  const { runs, store } = engine.parts
  const receive = () => runs.start({ accounts: null, receive: true, send: false, isForeground: true, bodies: 'on-demand' }).done
  return { engine, receive, user: () => store.accounts.list()[0]?.incoming.user }
}

test.each([
  ['free', [], 'jdoe'],
  ['locked', ['incoming.user'], 'wrong'],
] as const)('an account of the policy is there at once; a %s log-on name stays so after the prompt', async (_how, locked, user) => {
  const { engine, receive, ...world } = await engineWithPolicy(locked)
  engine.on('logonNeeded', ({ request }) => {
    const answer = { user: 'jdoe', password: 'p', remember: true }
    void engine.handlers['logon.answer']({ request, answer }, never)
  })
  expect((await receive()).tasks[0]).toMatchObject({ state: 'completed', error: null })
  expect(world.user()).toBe(user)
})

test('with locked trust nobody is asked about a certificate: it is refused', async () => {
  const tls = { mode: 'tls', key: fixture('wrong-name.key'), cert: fixture('wrong-name.pem') } as const
  const { engine, receive } = await engineWithPolicy(['trust'], { tls })
  const account = engine.parts.store.accounts.list()[0]
  if (!account) throw new Error('no account')
  await engine.parts.passwords.set(account.id, 'incoming', 'p', true)
  const asked: unknown[] = []
  engine.on('trustNeeded', (request) => asked.push(request))
  expect((await receive()).tasks[0]?.error?.code).toMatch(/^certificate-/)
  expect(asked).toEqual([])
  const pin = { fingerprint: `sha256:${'0'.repeat(64)}`, server: 'localhost:1', since: 1, facts: null }
  expect(() => engine.handlers['trust.pin']({ id: account.id, pin }, never)).toThrow(
    expect.objectContaining({ code: 'set-by-organization' }),
  )
})
