import { expect, test } from 'vitest'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { AccountId, FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { defaultSettings } from '../../../shared/domain/settings.ts'
import { accountSettings, addSubjects, localFolder, newMessage, openTestStore, temporaryFolder } from './test-store.ts'

const unknown = 999
const serverFolder = { parent: null, role: 'none', selectable: true } as const

test('settings have defaults, and what is chosen stays chosen', () => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  expect(store.settings.get()).toEqual(defaultSettings)
  store.settings.set({ offline: true, markReadAfterSeconds: null })
  store.close()
  expect(openTestStore({ folder }).settings.get()).toEqual({ ...defaultSettings, offline: true, markReadAfterSeconds: null })
})

test('the first account is the default one, and the mark moves on when that one goes', () => {
  const { accounts } = openTestStore()
  const [a, b, c] = ['A', 'B', 'C'].map((name) => accounts.add(accountSettings(name)))
  if (!a || !b || !c) throw new Error('nothing was added')
  const defaults = () => accounts.list().flatMap(({ name, isDefault }) => (isDefault ? name : []))
  expect(defaults()).toEqual(['A'])
  accounts.setDefault(c.id)
  expect(defaults()).toEqual(['C'])
  accounts.remove(c.id)
  expect(defaults()).toEqual(['A'])
  expect(() => accounts.get(c.id)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  expect(() => accounts.setDefault(c.id)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  expect(defaults()).toEqual(['A'])
})

test('an account comes back as it was given, under a name of its own', () => {
  const { accounts } = openTestStore()
  const pin = { fingerprint: `sha256:${'0'.repeat(64)}`, server: 'mail.example.org:995', since: 1, facts: null }
  const settings = { ...accountSettings('Work'), trust: { certificates: [pin], ca: 'PEM' } }
  const first = accounts.add(settings)
  expect(accounts.get(first.id)).toEqual({ ...settings, id: first.id, isDefault: true })
  expect(['Work', 'Work'].map((name) => accounts.add(accountSettings(name)).name)).toEqual(['Work (1)', 'Work (2)'])
  expect(accounts.update(first.id, { ...first, timeoutSeconds: 90 })).toEqual({ ...first, timeoutSeconds: 90 })
  expect(accounts.findByName('Work (1)')?.id).toBe(first.id + 1)
  expect(accounts.findByName('Nobody')).toBeUndefined()
})

test('ids of accounts and messages are never given again', () => {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('A')).id
  store.accounts.remove(account)
  expect(store.accounts.add(accountSettings('A')).id).toBeGreaterThan(account)
  const [message] = addSubjects(store, localFolder(store, 'inbox'), ['a'])
  store.messages.remove([message ?? (0 as MessageId)])
  expect(addSubjects(store, localFolder(store, 'inbox'), ['b'])[0]).toBeGreaterThan(message ?? 0)
})

test('with an account go its server folders; what it brought into local folders stays', () => {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('Work', 'imap')).id
  const parent = store.folders.add({ ...serverFolder, account, name: 'INBOX', path: 'INBOX' })
  const child = store.folders.add({ ...serverFolder, account, parent: parent.id, name: 'Sub', path: 'INBOX/Sub' })
  const remote = store.messages.add(newMessage(child.id, { account, uid: 1 }))
  const local = store.messages.add(newMessage(localFolder(store, 'inbox'), { account }))
  store.operations.add({ account, kind: 'set-flags', payload: {} })
  store.uidls.record(account, [{ uidl: 'u', message: local, state: 'downloaded', downloadedAt: 1 }])
  const position = { storeId: store.id, seq: store.seq }
  store.accounts.remove(account)
  expect(store.folders.list()).toHaveLength(5)
  expect(store.messages.find(remote)).toBeUndefined()
  expect(store.messages.get(local).account).toBeNull()
  expect([store.operations.list(account), store.uidls.known(account).size]).toEqual([[], 0])
  expect(store.changesSince(position)).toMatchObject({
    accounts: true,
    removedFolders: [parent.id, child.id],
    removed: [remote],
    changed: [{ id: local, account: null }],
    folders: [{ role: 'inbox' }],
  })
})

test('folders are found by path and role, and two of one path are refused', () => {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('Work', 'imap')).id
  const inbox = store.folders.add({ ...serverFolder, account, name: 'Inbox', path: 'INBOX', role: 'inbox' })
  expect(inbox).toEqual({
    ...serverFolder,
    id: inbox.id,
    account,
    name: 'Inbox',
    path: 'INBOX',
    role: 'inbox',
    content: 'mail',
    isShown: true,
    sync: 'none',
    total: 0,
    unread: 0,
    lastCheckedAt: null,
  })
  expect([store.folders.find(account, 'INBOX')?.id, store.folders.byRole(account, 'inbox')?.id]).toEqual([inbox.id, inbox.id])
  expect(store.folders.find(null, 'INBOX')).toBeUndefined()
  expect(store.folders.byRole(null, 'inbox')?.id).not.toBe(inbox.id)
  expect(() => store.folders.add({ ...inbox, name: 'Twin' })).toThrow(expect.objectContaining({ code: 'bad-input' }))
  store.folders.update(inbox.id, { name: 'Posteingang', path: 'Posteingang' })
  store.folders.setChecked(inbox.id, 1234)
  expect(store.folders.get(inbox.id)).toMatchObject({ name: 'Posteingang', path: 'Posteingang', role: 'inbox', lastCheckedAt: 1234 })
  expect(() => store.folders.get(unknown as FolderId)).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

test('a removed folder leaves its children at the top; local folders can not be removed', () => {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('Work', 'imap')).id
  const parent = store.folders.add({ ...serverFolder, account, name: 'A', path: 'A' })
  const child = store.folders.add({ ...serverFolder, account, parent: parent.id, name: 'B', path: 'A/B' })
  store.folders.remove(parent.id)
  expect(store.folders.get(child.id).parent).toBeNull()
  expect(() => store.folders.remove(localFolder(store, 'inbox'))).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

test('the sync state of a folder keeps 64-bit numbers as they are', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  expect(store.folders.syncState(inbox)).toEqual({ uidValidity: null, uidNext: null, highestModSeq: null })
  const state = { uidValidity: '4294967295', uidNext: 77, highestModSeq: '18446744073709551615' }
  const seq = store.seq
  store.folders.setSyncState(inbox, state)
  expect(store.folders.syncState(inbox)).toEqual(state)
  expect(store.seq).toBe(seq)
})

test('what is known of a POP3 server is kept per account', () => {
  const store = openTestStore()
  const [a, b] = [store.accounts.add(accountSettings('A')).id, store.accounts.add(accountSettings('B')).id]
  const [message] = addSubjects(store, localFolder(store, 'inbox'), ['a'])
  if (!message) throw new Error('nothing was added')
  const first = { uidl: '0001', message, state: 'downloaded', downloadedAt: 17 } as const
  store.uidls.record(a, [first, { uidl: 'Ünïcode \u0001', message: null, state: 'ignored', downloadedAt: null }])
  store.uidls.record(b, [{ ...first, state: 'header-only' }])
  expect(store.uidls.known(a).get('0001')).toMatchObject(first)
  expect(store.uidls.known(b).get('0001')?.state).toBe('header-only')
  store.uidls.record(a, [{ ...first, state: 'to-be-deleted' }])
  store.messages.remove([message])
  expect(store.uidls.known(a).get('0001')).toMatchObject({ ...first, message: null, state: 'to-be-deleted' })
  store.uidls.forget(a, ['0001'])
  expect([...store.uidls.known(a).keys()]).toEqual(['Ünïcode \u0001'])
})

test('a draft and an Outbox entry go with their message', () => {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('A')).id
  const [message] = addSubjects(store, localFolder(store, 'outbox'), ['a'])
  if (!message) throw new Error('nothing was added')
  const draft: Draft = {
    account,
    to: 'Anna <a@example.org>',
    cc: '',
    bcc: '',
    subject: 'Hi',
    text: 'Hello\n',
    priority: 'normal',
    attachments: [],
    related: { message, kind: 'reply' },
    inReplyTo: '',
    references: [],
  }
  store.drafts.set(message, { ...draft, text: 'earlier' })
  store.drafts.set(message, draft)
  store.outbox.add({ message, account, sender: 'me@example.org', recipients: ['a@example.org', 'b@example.org'], related: draft.related })
  expect(store.drafts.find(message)).toEqual(draft)
  store.messages.remove([message])
  expect([store.drafts.find(message), store.outbox.list()]).toEqual([undefined, []])
})

test('an Outbox entry tells its state, and the row of its message counts as changed', () => {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('A')).id
  const ids = addSubjects(store, localFolder(store, 'outbox'), ['a', 'b'])
  for (const message of ids) store.outbox.add({ message, account, sender: 's', recipients: ['r'], related: null })
  const [first, second] = ids
  if (!first || !second) throw new Error('nothing was added')
  const position = { storeId: store.id, seq: store.seq }
  const error = { code: 'recipient-refused', message: 'no', detail: { address: 'r', reply: '550 no' } } as const
  store.outbox.setState(second, 'refused', error)
  expect(store.outbox.list()).toEqual([
    { message: first, account, sender: 's', recipients: ['r'], related: null, state: 'waiting', error: null },
    { message: second, account, sender: 's', recipients: ['r'], related: null, state: 'refused', error },
  ])
  expect(store.changesSince(position)).toMatchObject({ changed: [{ id: second }] })
  store.outbox.remove(first)
  expect(store.outbox.find(first)).toBeUndefined()
  expect(() => store.outbox.setState(first, 'sending', null)).toThrow(expect.objectContaining({ code: 'message-missing' }))
  store.accounts.remove(account)
  expect(store.outbox.find(second)?.account).toBeNull()
})

test('operations wait in order, each account for itself', () => {
  const store = openTestStore()
  const [a, b] = [store.accounts.add(accountSettings('A')).id, store.accounts.add(accountSettings('B')).id]
  const [one, two] = [1, 2].map((number) => store.operations.add({ account: a, kind: 'move', payload: { number } }))
  store.operations.add({ account: b, kind: 'move', payload: null })
  if (!one || !two) throw new Error('nothing was added')
  const error = { code: 'server-busy', message: 'later', detail: {} } as const
  store.operations.setFailed(two, error)
  expect(store.operations.list(a)).toEqual([
    { id: one, account: a, kind: 'move', payload: { number: 1 }, error: null, createdAt: 0 },
    { id: two, account: a, kind: 'move', payload: { number: 2 }, error, createdAt: 0 },
  ])
  store.operations.remove(one)
  expect(store.operations.list(a).map(({ id }) => id)).toEqual([two])
  store.operations.removeAll(a)
  expect([store.operations.list(a), store.operations.list(b).length]).toEqual([[], 1])
  expect(store.operations.list(unknown as AccountId)).toEqual([])
})
