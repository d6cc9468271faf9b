import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findBadImports } from './check-imports.mjs'

const root = mkdtempSync(join(tmpdir(), 'postrider-imports-'))
afterAll(() => rmSync(root, { recursive: true }))

/** File, what it imports, and the rule that must say no; undefined where it is allowed. */
const planted: readonly (readonly [string, string, string | undefined])[] = [
  ['electron/engine/a1.ts', "import type { App } from 'electron'", 'engine-is-plain-node'],
  ['electron/hosts/a2.ts', "import { main } from '../main/main.ts'", 'engine-is-plain-node'],
  ['electron/practice/a3.ts', "import { app } from 'electron'", 'engine-is-plain-node'],
  ['electron/engine/a4.ts', "import { host } from '../hosts/host.ts'", 'engine-knows-no-host'],
  ['shared/b1.ts', "import { host } from '../electron/hosts/host.ts'", 'shared-is-pure'],
  ['shared/b2.ts', "import { readFile } from 'node:fs/promises'", 'shared-has-no-node'],
  ['shared/domain/b3.ts', "import * as v from 'valibot'", 'shared-has-no-library'],
  ['shared/contract/b4.ts', "import * as v from 'valibot'", undefined],
  ['shared/contract/b5.ts', "import 'parse5'", 'contract-only-has-valibot'],
  ['renderer/c1.tsx', "import { host } from '../electron/hosts/host.ts'", 'renderer-is-a-page'],
  ['renderer/c2.ts', "import type { App } from 'electron'", 'renderer-is-a-page'],
  ['renderer/c3.ts', "import { join } from 'node:path'", 'renderer-has-no-node'],
  ['electron/main/d1.ts', "import { store } from '../engine/store/store.ts'", 'main-goes-through-hosts'],
  ['electron/main/d2.ts', "import type { SecretPort } from '../engine/ports.ts'", undefined],
  ['electron/preload/d3.ts', "import type { Store } from '../engine/store/store.ts'", 'main-goes-through-hosts'],
  ['electron/engine/e1.ts', "import 'imapflow'", 'one-door-imapflow'],
  ['electron/engine/protocol/imap/e2.ts', "import 'imapflow'", undefined],
  ['electron/engine/e3.ts', "import type { X } from 'node-pop3'", 'one-door-node-pop3'],
  ['electron/engine/protocol/pop3/e4.ts', "import 'node-pop3'", undefined],
  ['electron/engine/mime/e5.ts', "import 'nodemailer'", 'one-door-nodemailer'],
  ['electron/engine/mime/compose-message.ts', "import 'nodemailer'", undefined],
  ['electron/engine/sync/e6.ts', "import { DatabaseSync } from 'node:sqlite'", 'one-door-node-sqlite'],
  ['electron/engine/store/e7.ts', "import { DatabaseSync } from 'node:sqlite'", undefined],
  ['electron/engine/e8.ts', "import 'smtp-server'", 'one-door-smtp-server'],
  ['renderer/views/e9.ts', "import 'dexie'", 'one-door-dexie'],
  ['renderer/cache/e10.ts', "import 'dexie'", undefined],
  ['electron/engine/e11.ts', "import 'ws'", 'one-door-ws'],
  ['electron/engine/protocol/e12.ts', "import 'socks'", 'one-door-socks'],
  ['electron/engine/store/migrations/0010-f1.ts', "import type { Store } from '../store.ts'", 'migrations-are-frozen'],
  ['electron/engine/store/migrations/0020-f2.ts', "import { migrate } from '../migrate.ts'", 'migrations-import-only-types'],
  ['electron/engine/store/migrations/0030-f3.ts', "import type { Migration } from '../migrate.ts'", undefined],
  ['electron/engine/accounts/e20.ts', "import 'oauth4webapi'", 'one-door-oauth4webapi'],
  ['electron/engine/accounts/oauth/e21.ts', "import 'oauth4webapi'", undefined],
  ['electron/hosts/g1.ts', "import type { G2 } from './g2.ts'", 'no-cycles'],
  ['electron/hosts/h1.ts', "import './h2.test.ts'", 'nobody-imports-tests'],
]
const others = [
  'electron/main/main.ts',
  'electron/hosts/host.ts',
  'electron/hosts/h2.test.ts',
  'electron/engine/ports.ts',
  'electron/engine/store/store.ts',
  'electron/engine/store/migrate.ts',
]
const libraries = [
  'electron',
  'imapflow',
  'oauth4webapi',
  'node-pop3',
  'nodemailer',
  'smtp-server',
  'dexie',
  'socks',
  'ws',
  'valibot',
  'parse5',
]

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), `${text}\n`)
}

test('each boundary reports its planted violation, and lets pass what it should', async () => {
  for (const [path, text] of planted) write(path, text)
  for (const path of others) write(path, 'export {}')
  write('electron/hosts/g2.ts', "import type { G1 } from './g1.ts'")
  for (const name of libraries) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js', version: '1.0.0' }))
    write(`node_modules/${name}/index.js`, 'module.exports = {}')
  }
  const { found, count } = await findBadImports(root)
  const seen = new Map<string, string[]>()
  for (const { rule, from } of found) seen.set(from, [...(seen.get(from) ?? []), rule])
  expect(Object.fromEntries(planted.map(([path]) => [path, seen.get(path)?.join()]))).toEqual(
    Object.fromEntries(planted.map(([path, , rule]) => [path, rule])),
  )
  expect(count).toBe(planted.length + others.length + 1)
})
