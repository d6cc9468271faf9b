// First step of the npm scripts. Runs on any Node from 18 on: brings what is missing, then runs the given script with
// the pinned Node. Usage: node build/setup.mjs [--test] <script> [arguments of the script]
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const lockFile = join(root, 'package-lock.json')
const stampFile = join(modules, '.postrider-lock')

const args = process.argv.slice(2)
const forTest = args[0] === '--test'
if (forTest) args.shift()
const [script, ...rest] = args

installPackages()
if (forTest) {
  const { installSystemPackages } = await import('./system-packages.mjs')
  installSystemPackages()
}
if (script) run(pinnedNode(), [join(root, script), ...rest])

function installPackages() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return
  if (!isInstalledByHand()) npmCi()
  writeFileSync(stampFile, hash)
}

/** npm leaves a list of what it installed; a newer one than the lockfile came from `npm ci` or `npm install`. */
function isInstalledByHand() {
  const installed = join(modules, '.package-lock.json')
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockFile).mtimeMs
}

function npmCi() {
  console.error(
    existsSync(modules) ? 'The locked packages have changed; installing them ...' : 'Installing the locked packages; about a minute ...',
  )
  const npm = process.env.npm_execpath
  // The Node that npm itself runs on: the pinned one is about to be replaced.
  const outerNode = process.env.npm_node_execpath ?? process.execPath
  const command = npm ? [outerNode, npm] : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  const [exe, ...before] = command
  // Not its warnings: that the outer Node is older than the pinned one is what this script is for.
  const done = spawnSync(exe, [...before, 'ci', '--include=dev', '--include=optional', '--no-progress', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  })
  if (done.status === 0) return
  console.error('The packages could not be installed: see the lines above. `npm ci` tries again.')
  process.exit(1)
}

/** npm puts node_modules/.bin first, but a shell that has already looked for `node` remembers the old one. */
function pinnedNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 15)) return process.execPath
  const pinned = join(
    modules,
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(pinned)) return pinned
  console.error(`Postrider needs Node 24.15 or newer; this is ${process.version} (${process.execPath}).`)
  console.error('On Linux and 64-bit Windows it comes with the packages: run `npm ci` without --omit=optional. Elsewhere install Node 24.')
  process.exit(1)
}

function run(node, command) {
  const path = `${join(modules, '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`
  const child = spawn(node, command, { stdio: 'inherit', env: { ...process.env, PATH: path } })
  // The terminal sends Ctrl+C to both; a plain kill reaches only this process.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm hands a signal to its shell only, and dash dies of it without telling us: we notice that our parent has changed.
  const parent = process.ppid
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 200).unref()
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
}
