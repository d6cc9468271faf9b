import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { otherProvider } from '../../../../shared/domain/oauth.ts'
import { defaultSettings } from '../../../../shared/domain/settings.ts'
import { toErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { memorySecrets } from '../../../hosts/secrets/memory-secrets.ts'
import { startIdentityProvider } from '../../../practice/identity-provider.ts'
import type { Proxy } from '../../protocol/proxy.ts'
import { type ProxyScript, startProxy } from '../../protocol/scripted-proxy.ts'
import { registrationOf } from './registration.ts'
import { runSignIn } from './sign-in-flows.ts'
import { discoverProvider } from './token-endpoint.ts'

const signal = new AbortController().signal
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function through(kind: 'socks5' | 'http', script: ProxyScript) {
  const server = await startProxy(kind, script)
  closing.push(server.close)
  const proxy: Proxy = { kind, host: '127.0.0.1', port: server.port, user: '', password: '' }
  return { asked: server.asked, proxyFor: async () => proxy }
}

test.for(['socks5', 'http'] as const)('a sign-in goes through the %s proxy, every request of it', async (kind) => {
  const provider = await startIdentityProvider({ user: 'anna@example.org' })
  closing.push(provider.close)
  const { asked, proxyFor } = await through(kind, { leadsTo: provider.port })
  const oauth = { provider: otherProvider, issuer: provider.issuer, scope: 'mail', clientId: 'practice-client', tenant: '' }
  const settings = defaultSettings
  const registration = await registrationOf({ oauth, protocol: 'imap', settings, secrets: memorySecrets(), proxyFor, signal })
  const onStep = (step: { readonly kind: string; readonly code?: string }) =>
    void (step.kind === 'code' && provider.enterCode(step.code ?? ''))
  const tokens = await runSignIn('code', { registration, user: '', signal, onStep })
  expect(provider.userOf(tokens.access)).toBe('anna@example.org')
  expect(asked.length).toBeGreaterThanOrEqual(3)
  expect(new Set(asked)).toEqual(new Set([`127.0.0.1:${provider.port}`]))
})

test('a provider behind a proxy must show a good certificate, too', async () => {
  const fixture = (name: string) => readFileSync(new URL(`../../../practice/fixtures/${name}`, import.meta.url), 'utf8')
  const server = createServer({ cert: fixture('good.pem'), key: fixture('good.key') }, (_request, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const { asked, proxyFor } = await through('http', { leadsTo: port })
  const failed = await discoverProvider(new URL('https://login.example.org/'), proxyFor, signal).catch(toErrorInfo)
  expect(failed).toMatchObject({ code: expect.stringMatching(/^certificate-/) as string })
  expect(asked).toEqual(['login.example.org:443'])
})

test('a proxy that refuses is named as what it is', async () => {
  const { proxyFor } = await through('http', { refuse: 403 })
  const failed = await discoverProvider(new URL('https://login.example.org/'), proxyFor, signal).catch(toErrorInfo)
  expect(failed).toMatchObject({ code: 'proxy-refused', detail: { server: 'login.example.org' } })
})
