import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import type { Store } from './store.ts'
import { openTestStore, temporaryFolder } from './test-store.ts'

const fixtures = join(import.meta.dirname, '../../../e2e/fixtures/stores')
const releases = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'index.db')))

function openCopy(release: string): { folder: string; store: Store } {
  const folder = temporaryFolder()
  cpSync(join(fixtures, release), folder, { recursive: true })
  return { folder, store: openTestStore({ folder }) }
}

function schemaOf(path: string): string[] {
  const db = new DatabaseSync(path, { readOnly: true })
  const rows = db.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name').all()
  db.close()
  return rows.map((row) => String(row.sql).replaceAll(/\s+/g, ' '))
}

test('there is a store of each release since 0.1.0', () => {
  expect(releases).toContain('0.1.0')
})

describe.each(releases)('the store of %s', (release) => {
  test('has the shape of a fresh one once opened', () => {
    const { folder, store } = openCopy(release)
    const fresh = temporaryFolder()
    openTestStore({ folder: fresh }).close()
    store.close()
    for (const name of ['index.db', 'bodies.db']) expect(schemaOf(join(folder, name))).toEqual(schemaOf(join(fresh, name)))
  })

  test('gives back accounts, folders and settings', () => {
    const { store } = openCopy(release)
    expect(store.accounts.list().map(({ name, protocol, isDefault }) => [name, protocol, isDefault])).toEqual([
      ['Work "quoted" \u00fc \u{1f4e7}', 'pop3', true],
      ['Work "quoted" \u00fc \u{1f4e7} (1)', 'imap', false],
    ])
    expect(store.accounts.list()[0]?.incoming.user).toBe('CORP\\jdoe\\a b ü')
    expect(store.settings.get()).toMatchObject({ offline: true, markReadAfterSeconds: null, sendImmediately: true })
    const sub = store.folders.list().find(({ name }) => name === '日本/語 &-')
    if (!sub) throw new Error('the folder is gone')
    expect(sub).toMatchObject({ total: 1, unread: 0, lastCheckedAt: 1767225600000 })
    expect(store.folders.syncState(sub.id)).toEqual({
      uidValidity: '4294967295',
      uidNext: 4294967295,
      highestModSeq: '18446744073709551615',
    })
  })

  test('gives back every message with its exact bytes, and finds it', () => {
    const { store } = openCopy(release)
    const { view, total, rows } = store.views.open({ folder: null, sort: 'subject', descending: false, search: null }, 100, null)
    store.views.close(view)
    expect(total).toBe(7)
    const bodies = rows.flatMap(({ id }) => store.messages.details(id).body ?? []).map((body) => store.bodies.read(body))
    expect(bodies.map((raw) => raw.length).sort((a, b) => a - b)).toEqual([0, 11, 11, 11, 11, 256])
    expect(bodies.find((raw) => raw.length === 256)?.every((byte, at) => byte === at)).toBe(true)
    const found = store.views.open({ folder: null, sort: 'received', descending: true, search: '日本語 body' }, 100, null)
    expect(found.rows.map(({ subject }) => subject)).toEqual([expect.stringContaining('\u{1f600}')])
  })

  test('gives back what waits: drafts, Outbox, operations, UIDLs', () => {
    const { store } = openCopy(release)
    const [account, imap] = store.accounts.list()
    const drafts = store.folders.byRole(null, 'drafts')
    if (!account || !imap || !drafts) throw new Error('something is gone')
    expect(store.drafts.find(store.messages.idsInFolder(drafts.id)[0] ?? (0 as never))).toMatchObject({
      text: 'a\r\nb\u0000',
      priority: 'high',
    })
    expect(store.outbox.list()).toMatchObject([{ state: 'unsure', recipients: ['ü@example.org'], error: { code: 'send-unsure' } }])
    expect(store.operations.list(imap.id)).toMatchObject([{ kind: 'set-flags', payload: { uids: [1, 2] }, error: { code: 'send-unsure' } }])
    expect([...store.uidls.known(account.id).values()]).toMatchObject([
      { uidl: '!~', state: 'header-only', mark: 'retrieve-copy', size: 2 ** 33, headerHash: 'ab'.repeat(32), goneAt: null },
      { uidl: 'gone', state: 'deleted', mark: null, goneAt: 2 },
    ])
    expect(store.pop3Accounts.agreed(account.id)).toBe('[true,100,true]')
  })
})
