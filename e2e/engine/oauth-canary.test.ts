// Access and refresh tokens, and the client's secret: looked for in everything that the program writes or gives away.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEngine } from '../../electron/engine/engine.ts'
import { createLogger } from '../../electron/engine/log.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { bearerForms } from '../../electron/engine/protocol/sasl/bearer.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'
import { type IdentityProvider, startIdentityProvider } from '../../electron/practice/identity-provider.ts'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { otherProvider } from '../../shared/domain/oauth.ts'
import { accountSettings } from './support/test-engine.ts'

const signal = new AbortController().signal
const user = 'anna@example.org'
const clientSecret = 'c4nary-client-secret'
const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')

async function startServers() {
  const provider = await startIdentityProvider({ user, clientSecret })
  const maildrop = arrayMaildrop([{ uidl: 'one', raw: Buffer.from('Subject: One\r\n\r\nHello\r\n') }])
  const pop3 = await startPop3Server({
    findUser: () => ({ password: provider.newestToken() ?? '', maildrop }),
    abilities: { mechanisms: ['XOAUTH2'] },
    tls: { cert: fixture('good.pem'), key: fixture('good.key') },
  })
  return { provider, pop3 }
}

/** All texts in which a secret could hide. */
async function everythingSaid({ provider, pop3 }: Awaited<ReturnType<typeof startServers>>, folder: string) {
  const said: string[] = []
  const log = createLogger((line) => said.push(line), 'debug')
  const engine = await createEngine({ dataFolder: folder, clock: systemClock, secrets: memorySecrets(), log, version: 'test' })
  const { handlers, parts } = engine
  for (const name of ['changes', 'oauthStep', 'doctorStep', 'logonNeeded', 'runProgress'] as const) {
    engine.on(name, (payload: unknown) => said.push(JSON.stringify(payload)))
  }
  const oauth = { provider: otherProvider, issuer: provider.issuer, scope: '', clientId: 'practice-client', tenant: '' }
  const plain = accountSettings({ protocol: 'pop3', user, address: user, port: pop3.port, security: 'tls', ca: fixture('ca.pem') })
  const settings = { ...plain, incoming: { ...plain.incoming, signIn: 'oauth2' as const }, oauth }
  await handlers['settings.set']({ logPop3: true }, signal)
  await handlers['oauth.setClient']({ provider: otherProvider, clientId: 'practice-client', tenant: '', secret: clientSecret }, signal)
  const account = await handlers['accounts.add']({ settings, password: null, outgoingPassword: null }, signal)
  engine.on('oauthStep', ({ step }) => void (step.kind === 'page' && provider.visit(step.url)))
  engine.on('logonNeeded', ({ request }) => void handlers['logon.answer']({ request, answer: null }, signal))
  const wish = { run: 'canary', account: account.id, oauth, protocol: 'pop3', user, way: 'browser' } as const
  said.push(JSON.stringify(await handlers['oauth.signIn'](wish, signal)))
  const receive = () => parts.runs.start({ accounts: null, receive: true, send: true, isForeground: true, bodies: 'on-demand' }).done
  expect((await receive()).tasks.map(({ error }) => error)).toEqual([null])
  // Refused, refreshed, and refused for good: errors are where secrets slip out.
  provider.revoke('access')
  said.push(JSON.stringify(await receive()))
  provider.revoke()
  said.push(JSON.stringify(await receive()))
  const check = { run: 'check', account: account.id, settings: null, password: null, outgoingPassword: null }
  said.push(JSON.stringify(await handlers['doctor.run'](check, signal)))
  said.push(JSON.stringify(await handlers['support.information']({}, signal)))
  for (const format of ['json', 'autoconfig'] as const)
    said.push((await handlers['presets.write']({ id: account.id, format }, signal)).text)
  said.push(JSON.stringify([await handlers['oauth.providers']({}, signal), await handlers['settings.get']({}, signal)]))
  said.push(...parts.protocolLog.lines(account.id, 'POP3'))
  await engine.close()
  return said
}

function expectClean(text: string, provider: IdentityProvider): void {
  expect(provider.given.length).toBeGreaterThan(3)
  for (const secret of [clientSecret, ...provider.given]) {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), ...bearerForms(user, secret)]
    for (const form of forms) expect(text.includes(form)).toBe(false)
  }
}

test('no token gets into logs, events, errors, the support information, exports or the store', async () => {
  const servers = await startServers()
  const folder = mkdtempSync(join(tmpdir(), 'postrider-canary-'))
  const said = await everythingSaid(servers, folder)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(1)
  const stored = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
  expect(said.join('\n')).toContain('AUTH XOAUTH2')
  expect(said.join('\n')).toContain('oauth-revoked')
  expectClean([...said, ...stored].join('\n'), servers.provider)
  rmSync(folder, { recursive: true, force: true })
  await servers.pop3.close()
  await servers.provider.close()
})
