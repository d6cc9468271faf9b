import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { discover, type DiscoverOptions } from './discover.ts'
import type { DiscoveryPorts, ServiceRecord } from './discovery-ports.ts'
import { listOf, type Provider } from './provider-list.ts'

interface World {
  readonly files?: Readonly<Record<string, string>>
  readonly services?: Readonly<Record<string, readonly ServiceRecord[]>>
  readonly mailHosts?: readonly string[]
  readonly greetings?: Readonly<Record<string, string>>
}

/** A network that knows this much, and remembers what it was asked. */
function network({ files = {}, services = {}, mailHosts = [], greetings = {} }: World = {}) {
  const asked: string[] = []
  const ports: DiscoveryPorts = {
    fetch: async (url) => {
      asked.push(url)
      const file = files[url]
      return file === undefined ? undefined : Buffer.from(file)
    },
    services: async (name) => {
      asked.push(name)
      return services[name] ?? []
    },
    mailHosts: async (domain) => {
      asked.push(domain)
      return mailHosts
    },
    greeting: async (host, port) => {
      asked.push(`${host}:${port}`)
      return greetings[`${host}:${port}`] ?? ''
    },
  }
  return { ports, asked }
}

const never = new AbortController().signal
const search = (address: string, ports: DiscoveryPorts, options: Partial<DiscoverOptions> = {}) =>
  discover(address, { ports, isOffline: false, signal: never, providers: async () => list, ...options })

const server = (protocol: string, host: string, port: number) =>
  ({ protocol, host, port, security: 'tls', user: '%EMAILADDRESS%', auth: ['password-cleartext'] }) as const
const provider: Provider = {
  id: 'known.example',
  name: 'Known',
  domains: ['known.example'],
  incoming: [server('imap', 'imap.known.example', 993)],
  outgoing: [server('smtp', 'smtp.known.example', 465)],
}
const list = listOf([provider])
const autoconfigFile = readFileSync(new URL('./fixtures/config-v1.1.xml', import.meta.url), 'utf8')

const records = {
  '_imaps._tcp.example.org': [
    { host: 'second.example.org', port: 993, priority: 20, weight: 0 },
    { host: 'first.example.org', port: 1993, priority: 10, weight: 0 },
  ],
  '_pop3s._tcp.example.org': [{ host: '.', port: 0, priority: 0, weight: 0 }],
  '_submissions._tcp.example.org': [{ host: 'send.example.org', port: 465, priority: 0, weight: 1 }],
}
const greetings = {
  'imap.example.org:993': '* OK ready\r\n',
  'pop.example.org:995': '* OK this is no POP3\r\n',
  'mail.example.org:995': '+OK\r\n',
  'smtp.example.org:587': '220 smtp.example.org ESMTP\r\n',
}

test('For each of the 963 domains of the list the settings are those of the list', async () => {
  const path = new URL('./providers/mail-providers.json', import.meta.url)
  const { providers } = JSON.parse(readFileSync(path, 'utf8')) as { readonly providers: readonly Provider[] }
  const { ports } = network()
  let domains = 0
  for (const { domains: names, incoming, outgoing, name } of providers) {
    for (const domain of names) {
      domains += 1
      const address = `jane.doe@${domain}`
      const { findings } = await discover(address, { ports, isOffline: false, signal: never })
      const [finding] = findings
      expect(finding).toMatchObject({ source: 'provider-list', from: name })
      const filled = (template: string) =>
        template.replace('%EMAILADDRESS%', address).replace('%EMAILLOCALPART%', 'jane.doe').replace('%EMAILDOMAIN%', domain)
      const offered = new Set(incoming.map(({ protocol }) => protocol).filter((protocol) => protocol === 'imap' || protocol === 'pop3'))
      expect(new Set(finding?.settings.map(({ protocol }) => protocol))).toEqual(offered)
      for (const settings of finding?.settings ?? []) {
        // The list has no server without encryption before one with it, so the first is the one to take.
        const expected = incoming.find(({ protocol }) => protocol === settings.protocol)
        const sending = outgoing[0]
        if (!expected || !sending) throw new Error(`${domain} has no servers`)
        const { host, port, security, user } = settings.incoming
        expect([host, port, security, user]).toEqual([filled(expected.host), expected.port, expected.security, filled(expected.user)])
        expect(settings.outgoing).toMatchObject({ host: filled(sending.host), port: sending.port, security: sending.security })
        const outgoingUser = { none: '', same: user, password: settings.outgoing.user, spa: settings.outgoing.user }
        expect(outgoingUser[settings.outgoing.signIn]).toBe(sending.auth[0] === 'none' ? '' : filled(sending.user))
        expect(settings.incoming.signIn).toBe(expected.auth.join() === 'OAuth2' ? 'oauth2' : 'password')
        expect(settings.pop3.leaveOnServer).toBe(true)
        expect(settings.identity.address).toBe(address)
      }
    }
  }
  expect(domains).toBe(963)
})

test('The file of the provider goes before the list, and only the domain is told to anybody', async () => {
  const { ports, asked } = network({ files: { 'https://known.example/.well-known/autoconfig/mail/config-v1.1.xml': autoconfigFile } })
  const { findings } = await search('secret.name@KNOWN.example', ports)
  expect(findings.map(({ source, from }) => [source, from])).toEqual([['autoconfig', 'Example Mail & More']])
  expect(findings[0]?.settings[0]?.incoming.user).toBe('secret.name')
  expect(asked).toContain('https://autoconfig.known.example/mail/config-v1.1.xml')
  expect(asked.join()).not.toContain('secret')
})

test('A page that is no autoconfig file counts as nothing', async () => {
  const { ports } = network({ files: { 'https://autoconfig.known.example/mail/config-v1.1.xml': '<html>Welcome!</html>' } })
  expect((await search('jane@known.example', ports)).findings[0]?.source).toBe('provider-list')
})

test('SRV records give the preferred server, and a dot means "not offered"', async () => {
  const { ports } = network({ services: records, greetings })
  const { findings } = await search('jane@example.org', ports)
  expect(findings).toMatchObject([{ source: 'dns', from: 'example.org', settings: [{ protocol: 'imap' }] }])
  expect(findings[0]?.settings[0]).toMatchObject({
    incoming: { host: 'first.example.org', port: 1993, security: 'tls', user: 'jane@example.org' },
    outgoing: { host: 'send.example.org', port: 465, security: 'tls', signIn: 'same' },
  })
})

test('A domain whose mail goes to a known provider gets the settings of that provider', async () => {
  const { ports } = network({ mailHosts: ['MX2.in.known.example.'] })
  const { findings } = await search('jane@example.org', ports)
  expect(findings).toMatchObject([{ source: 'dns', from: 'Known', settings: [{ incoming: { host: 'imap.known.example' } }] }])
})

test('Names are guessed only where a server greets as it should', async () => {
  const { findings } = await search('jane@example.org', network({ greetings }).ports)
  expect(findings[0]?.source).toBe('guess')
  expect(findings[0]?.settings.map(({ incoming, outgoing }) => [incoming.host, incoming.port, outgoing.host, outgoing.security])).toEqual([
    ['imap.example.org', 993, 'smtp.example.org', 'starttls'],
    ['mail.example.org', 995, 'smtp.example.org', 'starttls'],
  ])
})

test('A domain in other letters is asked for as DNS knows it', async () => {
  const { ports, asked } = network()
  await search('jane@bücher.example', ports)
  expect(asked).toContain('https://autoconfig.xn--bcher-kva.example/mail/config-v1.1.xml')
})

test('Nothing found says why', async () => {
  const { ports, asked } = network()
  expect(await search('jane@example.org', ports)).toEqual({ findings: [], reason: 'not-known' })
  expect(await search('jane@192.0.2.1', ports)).toEqual({ findings: [], reason: 'not-known' })
  const deaf: DiscoveryPorts = { ...ports, services: () => Promise.reject(new Error('ECONNREFUSED')) }
  expect(await search('jane@example.org', deaf)).toEqual({ findings: [], reason: 'no-network' })
  const before = asked.length
  expect(await search('jane@example.org', ports, { isOffline: true })).toEqual({ findings: [], reason: 'offline' })
  expect((await search('jane@known.example', ports, { isOffline: true })).findings).toHaveLength(1)
  expect(asked).toHaveLength(before)
  await expect(search('jane', ports)).rejects.toMatchObject({ code: 'bad-input' })
})

const silent = (ports: DiscoveryPorts): DiscoveryPorts => ({ ...ports, fetch: () => new Promise(() => {}) })

test('A silent place does not keep the others from being heard', async () => {
  const { findings } = await search('jane@known.example', silent(network().ports), { timeoutMs: 30 })
  expect(findings[0]?.source).toBe('provider-list')
  const nothing = await search('jane@example.org', silent(network().ports), { timeoutMs: 30 })
  expect(nothing).toEqual({ findings: [], reason: 'too-slow' })
})

test('Whoever stops the search is not kept waiting, and everything asked is told to stop', async () => {
  const controller = new AbortController()
  let isStopped = false
  const ports: DiscoveryPorts = {
    ...network().ports,
    fetch: async (_url, signal) => {
      await delay(60_000, undefined, { signal }).catch(() => {
        isStopped = true
      })
      return undefined
    },
  }
  const running = search('jane@example.org', ports, { signal: controller.signal })
  controller.abort()
  await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  await expect.poll(() => isStopped).toBe(true)
})
