import { expect, test } from 'vitest'
import type { AccountSettings, IncomingProtocol, Security, SignIn } from '../../../shared/domain/account.ts'
import { defaultConnection, type ProxySettings } from '../../../shared/domain/connection.ts'
import { fillAccount } from '../../../shared/domain/placeholders.ts'
import { readPresetContent, writePreset } from './presets.ts'

const preset = {
  postrider: 1,
  email: '%EMAILADDRESS%',
  incoming: { protocol: 'pop3', host: 'pop.%EMAILDOMAIN%', user: 'CORP/%EMAILLOCALPART%/jdoe' },
  outgoing: { host: 'smtp.example.org' },
}

const read = (value: unknown) => readPresetContent(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))

test("fills in the address and today's defaults", () => {
  const settings = fillAccount(read(preset), { address: 'jdoe@example.org', name: 'J. Doe' })
  expect(settings.identity).toEqual({ name: 'J. Doe', organization: '', address: 'jdoe@example.org', replyTo: '' })
  expect(settings.incoming).toMatchObject({ host: 'pop.example.org', port: 995, security: 'tls', user: 'CORP/jdoe/jdoe' })
  expect(settings.outgoing).toMatchObject({ port: 587, security: 'starttls', signIn: 'same' })
  expect(settings.pop3.leaveOnServer).toBe(true)
})

test('an unknown key is an error that names the key', () => {
  const wrong = { ...preset, incoming: { ...preset.incoming, prot: 1 } }
  expect(() => read(wrong)).toThrow(/incoming\.prot/)
})

test('the sender may have a log-on of its own', () => {
  const own = { ...preset, outgoing: { host: 'smtp.example.org', port: 465, security: 'tls', auth: { user: 'out@example.org' } } }
  expect(read(own).outgoing).toMatchObject({ port: 465, security: 'tls', signIn: 'password', user: 'out@example.org' })
})

test.each([
  ['{', /not JSON/],
  [{ ...preset, postrider: 2 }, /version 1/],
  ['something else', /none of the known kinds/],
  ['<html></html>', /not an autoconfig file/],
  ['<clientConfig version="1.1"><emailProvider id="x"/></clientConfig>', /no pair of servers/],
  ['<!DOCTYPE a [<!ENTITY b "c">]><clientConfig>&b;</clientConfig>', /can not be read/],
  [{ ...preset, trust: { ca: 'company-ca.pem' } }, /company-ca\.pem/],
])('what can not be used is said plainly: %o', (content, message) => {
  expect(() => read(content)).toThrow(message)
})

test('the path of the file does not matter to a certificate that is written into it', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  expect(read({ ...preset, trust: { ca: pem } }).trust.ca).toBe(pem)
})

/** Park and Miller: the same accounts in every run. */
function seeded(seed: number) {
  let state = seed
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % limit
  }
  return { below, one: <T>(from: readonly [T, ...T[]]): T => from[below(from.length)] ?? from[0], coin: () => below(2) === 1 }
}

const pin = (server: string) => ({ fingerprint: `sha256:${'0af1'.repeat(16)}`, server, since: null, facts: null })

function randomAccount(seed: number): AccountSettings {
  const { below, one, coin } = seeded(seed)
  const word = () => one(['jane', 'jürgen', 'CORP/jdoe/jdoe', 'CORP\\jdoe', 'j doe', '日本', 'a<b>&"c\'', "it's"])
  const host = () => one(['mail.example.org', 'imap.example.com', '192.0.2.17', 'bücher.example'])
  const security = (): Security => one(['tls', 'starttls', 'none'])
  const server = () => ({ host: host(), port: 1 + below(65_535), security: security(), rememberPassword: coin() })
  const signIn = one<AccountSettings['outgoing']['signIn']>(['none', 'same', 'password', 'spa'])
  const hasUser = signIn === 'password' || signIn === 'spa'
  return {
    name: `${word()} ${below(100)}`,
    protocol: one<IncomingProtocol>(['pop3', 'imap']),
    identity: {
      name: word(),
      organization: one(['', word()]),
      address: `u${below(100)}@example.org`,
      replyTo: one(['', 'other@example.org']),
    },
    includeInReceive: coin(),
    incoming: { ...server(), user: word(), signIn: one<SignIn>(['password', 'spa', 'oauth2', 'none']) },
    outgoing: { ...server(), signIn, user: hasUser ? `out ${word()}` : '' },
    ...(coin() && {
      oauth: { provider: 'microsoft', issuer: '', scope: '', clientId: one(['', 'help-desk']), tenant: one(['', 'example.org']) },
    }),
    timeoutSeconds: 30 + below(271),
    pop3: {
      leaveOnServer: coin(),
      removeAfterDays: one([null, 1 + below(100)]),
      removeWhenDeleted: coin(),
      headersOnly: coin(),
      maxDownloadKb: one([null, 1 + below(1000)]),
    },
    imap: {
      rootFolder: one(['', 'INBOX']),
      checkAllFolders: coin(),
      storeSpecialFolders: coin(),
      sentFolder: one([null, 'Gesendete Objekte']),
      draftsFolder: one([null, 'Entwürfe']),
      deletedFolder: one([null, 'Papierkorb']),
      junkFolder: one([null, 'Spam/2026']),
      archiveFolder: one([null, 'Archiv']),
      moveDeleted: coin(),
      switchedOff: one([[], ['IDLE', 'UTF8']]),
    },
    trust: { certificates: one([[], [pin('')], [pin('mail.example.org:993')]]), ca: one([null, '-----BEGIN CERTIFICATE-----\nMIIB\n']) },
    connection: {
      proxy: one<ProxySettings>([
        defaultConnection.proxy,
        { ...defaultConnection.proxy, kind: 'none' },
        { kind: 'socks5', host: 'proxy.example.org', port: 1 + below(65_535), user: '' },
        { kind: 'http', host: 'proxy.example.org', port: 8080, user: word() },
      ]),
      notOnMetered: coin(),
    },
    practice: false,
  }
}

const seeds = Array.from({ length: 300 }, (_, index) => index * 7919 + 1)

test('export and import as JSON give the same account', () => {
  for (const seed of seeds) {
    const account = randomAccount(seed)
    expect(fillAccount(read(writePreset(account, 'json').text), {})).toEqual(account)
  }
})

test('export and import as autoconfig XML give the same servers and log-on', () => {
  for (const seed of seeds) {
    const account = randomAccount(seed)
    const again = fillAccount(read(writePreset(account, 'autoconfig').text), { address: account.identity.address })
    const carried = ({ protocol, incoming, outgoing }: AccountSettings) => ({
      protocol,
      address: account.identity.address,
      incoming: { ...incoming, rememberPassword: true },
      // "same" where nobody logs on is the same as "none"; a browser's sign-in serves both servers.
      outgoing: {
        ...outgoing,
        rememberPassword: true,
        ...(incoming.signIn === 'none' && outgoing.signIn === 'same' && { signIn: 'none' }),
      },
    })
    expect(carried(again)).toEqual(carried(account))
    if (account.protocol === 'pop3') {
      const { leaveOnServer, removeAfterDays } = account.pop3
      expect(again.pop3).toMatchObject({ leaveOnServer, removeAfterDays })
    }
  }
})

test('A practice account is not exported, and a name becomes a file name', () => {
  const account = randomAccount(1)
  expect(() => writePreset({ ...account, practice: true }, 'json')).toThrow(/practice/)
  expect(writePreset({ ...account, name: '../Büro: "Nord"' }, 'autoconfig').name).toBe('Büro- -Nord.xml')
})
