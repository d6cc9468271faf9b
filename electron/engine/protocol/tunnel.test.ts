import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { Security } from '../../../shared/domain/account.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { startImapServer } from '../../practice/imap-server.ts'
import { arrayMaildrop } from '../../practice/pop3-maildrop.ts'
import { startPop3Server } from '../../practice/pop3-server.ts'
import { startSmtpServer } from '../../practice/smtp-server.ts'
import { openImapSession } from './imap/imap-session.ts'
import { openPop3Session } from './pop3/pop3-session.ts'
import type { Proxy } from './proxy.ts'
import { type ProxyScript, startProxy } from './scripted-proxy.ts'
import { verifySmtp } from './smtp/smtp-session.ts'
import { openTunnel } from './tunnel.ts'

const fixture = (name: string) => readFileSync(new URL(`../../practice/fixtures/${name}`, import.meta.url), 'utf8')
const logon = { user: 'anna', password: 'open sesame' }
const testCa = { certificates: [], ca: fixture('ca.pem') }
const never = new AbortController().signal
const kinds = ['socks5', 'http'] as const
const securities = ['tls', 'starttls', 'none'] as const

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function proxyTo(kind: (typeof kinds)[number], script: ProxyScript, changes: Partial<Proxy> = {}) {
  const server = await startProxy(kind, script)
  closing.push(server.close)
  const proxy: Proxy = { kind, host: '127.0.0.1', port: server.port, user: '', password: '', ...changes }
  return { proxy, asked: server.asked }
}

const certificate = (security: Security) =>
  security === 'none' ? {} : { tls: { mode: security, key: fixture('good.key'), cert: fixture('good.pem') } }

/** Signs in to a fresh server of each kind through a proxy that leads nowhere else. */
const protocols = {
  POP3: async (security: Security, proxied: (port: number) => Promise<Proxy>) => {
    const maildrop = arrayMaildrop([{ uidl: 'a', raw: Buffer.from('Subject: a\r\n\r\nb\r\n') }])
    const pop3Tls = security === 'none' ? {} : { ...certificate(security), security }
    const server = await startPop3Server({ findUser: () => ({ password: logon.password, maildrop }), ...pop3Tls })
    closing.push(server.close)
    const session = await openPop3Session(targetOf(security, await proxied(server.port)), never)
    expect(await session.stat()).toMatchObject({ count: 1 })
    session.destroy()
  },
  IMAP: async (security: Security, proxied: (port: number) => Promise<Proxy>) => {
    const server = await startImapServer({ users: [logon], ...certificate(security) })
    closing.push(server.close)
    const session = await openImapSession(targetOf(security, await proxied(server.port)), never)
    expect(await session.status('INBOX')).toMatchObject({ messages: 0 })
    session.destroy()
  },
  SMTP: async (security: Security, proxied: (port: number) => Promise<Proxy>) => {
    const server = await startSmtpServer({ users: [logon], ...certificate(security) })
    closing.push(server.close)
    const { user: _user, password: _password, ...target } = targetOf(security, await proxied(server.port))
    await expect(verifySmtp({ ...target, auth: logon, signIn: 'password' }, never)).resolves.toBeUndefined()
  },
} as const

function targetOf(security: Security, proxy: Proxy) {
  const place = { host: 'localhost', port: 2525, security, proxy }
  return { ...place, ...logon, signIn: 'password', trust: testCa, timeoutMs: 5000, accountName: 'Work' } as const
}

for (const [name, signOn] of Object.entries(protocols)) {
  test.each(kinds.flatMap((kind) => securities.map((security) => [kind, security] as const)))(
    `${name} signs in through %s with security "%s", and the proxy is given the server's name`,
    async (kind, security) => {
      const asked: (readonly string[])[] = []
      await signOn(security, async (leadsTo) => {
        const through = await proxyTo(kind, { leadsTo, logOn: ['us', 'proxy word'] }, { user: 'us', password: 'proxy word' })
        asked.push(through.asked)
        return through.proxy
      })
      expect(asked).toEqual([['localhost:2525']])
    },
  )
}

async function failure(proxy: Proxy, timeoutMs = 5000, signal = never): Promise<ErrorInfo> {
  const facts = { server: 'mail.example.org', protocol: 'IMAP' } as const
  return openTunnel({ proxy, host: 'mail.example.org', port: 993, timeoutMs }, facts, signal).then(
    () => expect.fail('It should have failed.'),
    (error: unknown) => toErrorInfo(error),
  )
}

test.each(kinds)('%s: nobody at the port of the proxy', async (kind) => {
  const { proxy } = await proxyTo(kind, {})
  await closing.pop()?.()
  expect(await failure(proxy)).toMatchObject({
    code: 'proxy-unreachable',
    detail: { server: 'mail.example.org', proxy: expect.stringMatching(/^(SOCKS5|HTTP) 127\.0\.0\.1:\d+$/) },
  })
})

test.each([
  ['socks5', 2, 'not allowed'],
  ['socks5', 4, 'host unreachable'],
  ['socks5', 5, 'connection refused'],
  ['http', 403, 'HTTP/1.1 403 Not for you'],
  ['http', 502, 'HTTP/1.1 502 Not for you'],
] as const)('%s refuses with %i, and its reason is told', async (kind, refuse, reply) => {
  const { proxy } = await proxyTo(kind, { refuse })
  expect(await failure(proxy)).toMatchObject({ code: 'proxy-refused', detail: { reply } })
})

test.each(kinds)('%s wants a log-on: a wrong password and none at all are told apart from a refusal', async (kind) => {
  const { proxy } = await proxyTo(kind, { logOn: ['us', 'right'] })
  expect(await failure({ ...proxy, user: 'us', password: 'CANARY-wrong' })).toMatchObject({ code: 'proxy-sign-in-refused' })
  const without = await failure(proxy)
  expect(without.code).toBe('proxy-sign-in-refused')
  expect(JSON.stringify(await failure({ ...proxy, user: 'us', password: 'CANARY-wrong' }))).not.toContain('CANARY')
})

test.each(kinds)('%s: a silent proxy ends in time, and Stop ends it at once', async (kind) => {
  const { proxy } = await proxyTo(kind, { isSilent: true })
  expect((await failure(proxy, 30)).code).toBe('timed-out')
  expect((await failure(proxy, 5000, AbortSignal.timeout(20))).code).toBe('cancelled')
  expect((await failure(proxy, 5000, AbortSignal.abort())).code).toBe('cancelled')
})

test.each(kinds)('%s: a proxy that hangs up is a proxy that refuses', async (kind) => {
  const { proxy } = await proxyTo(kind, {})
  expect((await failure(proxy)).code).toBe('proxy-refused')
})

test('without a proxy there is no tunnel', async () => {
  expect(await openTunnel({ host: 'mail.example.org', port: 993, timeoutMs: 5 }, {}, never)).toBeUndefined()
})
