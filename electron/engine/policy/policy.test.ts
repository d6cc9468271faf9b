import { expect, test } from 'vitest'
import type { AccountSettings } from '../../../shared/domain/account.ts'
import { silentLogger } from '../log.ts'
import { openTestStore } from '../store/test-store.ts'
import { Policy } from './policy.ts'
import type { PolicyFile } from './policy-file.ts'

const preset = {
  postrider: 1,
  name: 'Example mail',
  email: '%EMAILADDRESS%',
  incoming: { protocol: 'imap', host: 'imap.example.com', user: '%EMAILLOCALPART%' },
  outgoing: { host: 'smtp.example.com' },
}
const user = { login: 'jdoe', fullName: 'Jane Doe' }

function file(content: unknown, beside: PolicyFile['beside'] = {}): PolicyFile {
  return { path: '/etc/postrider/policy.json', content: typeof content === 'string' ? content : JSON.stringify(content), beside, user }
}

const policyOf = (change: object = {}) => ({
  'postrider-policy': 1,
  version: 1,
  organization: 'Example Ltd',
  accounts: [{ id: 'mail', preset, locked: ['incoming.host', 'outgoing', 'trust', 'pop3'] }],
  ...change,
})
const personal = { ...preset, displayName: '%FULLNAME%', email: '%USERNAME%@example.com' }

function start(policyFile: PolicyFile | undefined, store = openTestStore()) {
  return { store, policy: new Policy({ store, log: silentLogger, file: policyFile }) }
}

/** As the wizard adds a waiting account for its person. */
function finish({ store, policy }: ReturnType<typeof start>, change: Partial<AccountSettings> = {}) {
  const [draft] = policy.state().waiting
  if (!draft) throw new Error('nothing waits')
  const settings = {
    ...draft,
    identity: { ...draft.identity, name: 'Jane', address: 'jane@example.com' },
    incoming: { ...draft.incoming, user: 'jane' },
    ...change,
  }
  return store.accounts.add(policy.admit(settings))
}

test('without a policy file nothing is set and nothing is locked', () => {
  const { policy, store } = start(undefined)
  expect(policy.state()).toEqual({ organization: '', error: null, waiting: [], lockedSettings: [], locks: [] })
  expect(store.accounts.list()).toEqual([])
})

test('an account that lacks a name and an address waits for its person, and is made once', () => {
  const world = start(file(policyOf()))
  expect(world.policy.state().waiting).toMatchObject([{ incoming: { host: 'imap.example.com' }, policy: { id: 'mail', version: 1 } }])
  const account = finish(world)
  expect(account).toMatchObject({ policy: { id: 'mail', version: 1 } })
  expect(world.policy.state()).toMatchObject({
    waiting: [],
    locks: [{ account: account.id, paths: ['incoming.host', 'outgoing', 'trust', 'pop3'] }],
  })
  expect(start(file(policyOf()), world.store).policy.state().waiting).toEqual([])
  expect(world.store.accounts.list()).toHaveLength(1)
})

test('what the system knows of its user may fill the account in: then nobody is asked', () => {
  const { store } = start(file(policyOf({ accounts: [{ id: 'mail', preset: personal }] })))
  expect(store.accounts.list()).toMatchObject([
    { name: 'Example mail', identity: { name: 'Jane Doe', address: 'jdoe@example.com' }, incoming: { user: 'jdoe' } },
  ])
})

test('a new version of the policy changes the account; what its person typed stays', () => {
  const world = start(file(policyOf()))
  const { id } = finish(world)
  const moved = { ...preset, incoming: { ...preset.incoming, host: 'new.example.com', user: '%EMAILADDRESS%' } }
  const changed = policyOf({ version: 2, accounts: [{ id: 'mail', preset: moved }] })
  start(file(changed), world.store)
  expect(world.store.accounts.get(id)).toMatchObject({
    identity: { name: 'Jane', address: 'jane@example.com' },
    incoming: { host: 'new.example.com', user: 'jane' },
    policy: { id: 'mail', version: 2 },
  })
  const renamed = { ...world.store.accounts.get(id), name: 'My own name' }
  world.store.accounts.update(id, renamed)
  start(file(changed), world.store)
  expect(world.store.accounts.get(id).name).toBe('My own name')
})

test('locked parts do not change, whoever asks; the rest does', () => {
  const { policy, store, ...world } = start(file(policyOf()))
  const account = finish({ policy, store, ...world })
  const refused = expect.objectContaining({ code: 'set-by-organization' })
  const incoming = { ...account.incoming, host: 'elsewhere.example' }
  expect(() => policy.allow(account, { ...account, incoming })).toThrow(refused)
  expect(() => policy.allow(account, { ...account, outgoing: { ...account.outgoing, port: 26 } })).toThrow(refused)
  expect(() => policy.allow(account, { ...account, trust: { ...account.trust, ca: 'PEM' } })).toThrow(refused)
  expect(() => policy.allowRemoval(account)).toThrow(refused)
  expect(policy.isLocked(account, 'trust')).toBe(true)
  expect(policy.isLocked(account, 'incoming.user')).toBe(false)
  const free = { ...account, name: 'Mine', incoming: { ...account.incoming, user: 'other' }, policy: undefined }
  expect(policy.allow(account, free)).toMatchObject({ name: 'Mine', incoming: { user: 'other' }, policy: { id: 'mail' } })
  const mine = { fingerprint: `sha256:${'0'.repeat(64)}`, subject: 'Jane', issuer: 'Example', validTo: '2030-01-01' }
  expect(policy.allow(account, { ...account, trust: { ...account.trust, clientCertificate: mine } })).toBeTruthy()
})

test('the wizard can not change what is locked either, and nobody else can bear the mark', () => {
  const world = start(file(policyOf()))
  const [draft] = world.policy.state().waiting
  if (!draft) throw new Error('nothing waits')
  expect(() => finish(world, { outgoing: { ...draft.outgoing, host: 'elsewhere.example' } })).toThrow(
    expect.objectContaining({ code: 'set-by-organization' }),
  )
  finish(world)
  expect(world.policy.admit(draft).policy).toBeUndefined()
  expect(world.policy.admit({ ...draft, policy: { id: 'invented', version: 9 } }).policy).toBeUndefined()
})

test('options are set with each start, and the locked ones stay', () => {
  const { store, policy } = start(
    file(policyOf({ accounts: [], settings: { sendImmediately: false }, lockedSettings: ['sendImmediately'] })),
  )
  expect(store.settings.get().sendImmediately).toBe(false)
  expect(policy.state().lockedSettings).toEqual(['sendImmediately'])
  expect(() => policy.allowSettings({ sendImmediately: true })).toThrow(expect.objectContaining({ code: 'set-by-organization' }))
  expect(() => policy.allowSettings({ sendImmediately: false, quoteInReply: false })).not.toThrow()
})

test('without its policy an account is its owner’s own again', () => {
  const world = start(file(policyOf()))
  const account = finish(world)
  const { policy } = start(undefined, world.store)
  expect(policy.allow(account, { ...account, outgoing: { ...account.outgoing, port: 26 } }).outgoing.port).toBe(26)
  expect(() => policy.allowRemoval(account)).not.toThrow()
})

test('a preset and a certificate may lie beside the policy file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const withCa = JSON.stringify({ ...personal, trust: { ca: 'ca.pem' } })
  const beside = { 'mail.json': bytes(withCa), 'ca.pem': bytes('-----BEGIN CERTIFICATE-----\nMIIB\n') }
  const { store } = start(file(policyOf({ accounts: [{ id: 'mail', preset: 'mail.json' }] }), beside))
  expect(store.accounts.list()).toMatchObject([{ trust: { ca: expect.stringContaining('BEGIN CERTIFICATE') } }])
})

test.each([
  ['{ not json', /not JSON/],
  [{}, /postrider-policy/],
  [policyOf({ 'postrider-policy': 2 }), /version 1/],
  [policyOf({ extra: true }), /extra/],
  [policyOf({ accounts: [{ id: 'mail', preset: 'missing.json' }] }), /missing\.json/],
  [policyOf({ accounts: [{ id: 'mail', preset: '../../etc/passwd' }] }), /beside the policy file/],
  [policyOf({ accounts: [{ id: 'mail', preset: { postrider: 1 } }] }), /preset/],
  [
    policyOf({
      accounts: [
        { id: 'a', preset },
        { id: 'a', preset },
      ],
    }),
    /twice/,
  ],
  [policyOf({ settings: { unheardOf: 1 } }), /settings\.unheardOf/],
  [policyOf({ lockedSettings: ['unheardOf'] }), /lockedSettings: unheardOf/],
  [policyOf({ accounts: [{ id: 'a', preset, locked: ['what ever'] }] }), /no part of an account/],
  [policyOf({ accounts: [{ id: 'a', preset, locked: ['incoming.auth'] }] }), /incoming has no "auth". It has host, port/],
] as const)('a broken policy is told in words and changes nothing: %j', (content, words) => {
  const { policy, store } = start(file(content))
  expect(policy.state().error).toMatchObject({
    code: 'policy-broken',
    message: expect.stringMatching(words),
    detail: { path: expect.any(String) },
  })
  expect(store.accounts.list()).toEqual([])
})

test('a policy file that nobody may read is an error, not none', () => {
  expect(start({ path: '/etc/postrider/policy.json', content: undefined, beside: {}, user }).policy.state().error?.code).toBe(
    'policy-broken',
  )
})
