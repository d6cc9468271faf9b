// Builds when a source is newer than the last build; costs some ten milliseconds when nothing has changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const cache = join(root, 'node_modules', '.cache', 'postrider')
const lock = join(cache, 'building')
const notBuilt = /\.(?:test|test-d|md)\b|\/(?:fixtures|testing)\//

/** All output goes to standard error: standard output belongs to the program that is started next. */
export async function ensureBuilt({ always = false } = {}) {
  if (!always && isFresh()) return
  const unlock = await takeLock()
  try {
    if (!always && isFresh()) return // another process has just built it
    build()
  } finally {
    unlock()
  }
}

const isFresh = () => {
  const stamp = join(dist, 'stamp')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()
}

/** Into a folder of its own, then swapped in: a program that is starting never sees half a build. */
function build() {
  const hash = sourcesHash()
  const next = join(cache, `next-${process.pid}`)
  rmSync(next, { recursive: true, force: true })
  const done = spawnSync(process.execPath, [join(root, 'build', 'bundle.mjs'), next], { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) {
    rmSync(next, { recursive: true, force: true })
    throw new Error('The build failed: see the lines above.')
  }
  writeFileSync(join(next, 'stamp'), hash)
  const last = join(cache, `last-${process.pid}`)
  if (existsSync(dist)) renameSync(dist, last)
  renameSync(next, dist)
  rmSync(last, { recursive: true, force: true })
}

function sourcesHash() {
  const hash = createHash('sha256')
  for (const path of ['package.json', 'package-lock.json', 'build/bundle.mjs']) add(hash, join(root, path))
  for (const folder of ['electron', 'renderer', 'shared']) addFolder(hash, join(root, folder))
  // The manual is part of the page.
  for (const name of readdirSync(join(root, 'docs', 'manual')).sort()) add(hash, join(root, 'docs', 'manual', name))
  return hash.digest('hex')
}

function addFolder(hash, folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) addFolder(hash, path)
    else if (!notBuilt.test(path.slice(root.length))) add(hash, path)
  }
}

function add(hash, path) {
  const { mtimeMs, size } = statSync(path)
  hash.update(`${path}\0${mtimeMs}\0${size}\n`)
}

async function takeLock() {
  mkdirSync(cache, { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isAlive(lockOwner())) rmSync(lock, { force: true })
    await sleep(100)
  }
}

function lockOwner() {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return 0 // it has just been released
  }
}

function isAlive(pid) {
  if (!pid) return true // being written or released this moment: look again
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // a builder that was killed left its lock behind
  }
}

if (import.meta.main) await ensureBuilt({ always: process.argv.includes('--always') })
