// Programs that the whole test suite drives: a browser, and real mail servers on loopback.
// On Debian and as root they are installed; anywhere else one line says what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const wanted = [
  { packages: ['chromium'], program: ['chromium', 'google-chrome'] },
  { packages: ['dovecot-core', 'dovecot-imapd', 'dovecot-pop3d', 'dovecot-lmtpd'], program: ['/usr/lib/dovecot/imap'] },
  { packages: ['exim4-daemon-heavy'], program: ['exim4'] },
  { packages: ['winbind'], program: ['ntlm_auth'] },
  { packages: ['cyrus-common'], program: ['/usr/lib/cyrus/bin/master'] },
  { packages: ['sasl2-bin'], program: ['saslpasswd2'] },
  { packages: ['openssl'], program: ['openssl'] },
  { packages: ['fonts-noto-core'], program: ['/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf'] },
  { packages: ['fonts-noto-cjk'], program: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
]

/** Cyrus' imapd may not be installed beside Dovecot's (both are the machine's mail server), but it can lie there: see e2e/servers/find-servers.ts. */
const cyrusFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules/.cache/postrider/cyrus')

export function installSystemPackages() {
  installMissing()
  unpackCyrus()
}

function installMissing() {
  const isRoot = process.getuid?.() === 0
  if (process.platform === 'linux' && isRoot && existsSync('/usr/bin/apt-get') && missing().length > 0) install(missing())
  const rest = missing().flat().join(' ')
  if (rest !== '') console.error(`Not installed here, so some tests are skipped: ${rest}. On Debian: sudo apt-get install ${rest}`)
}

/** Packages that belong together in one list each. */
function missing() {
  return wanted.filter(({ program }) => !program.some(isHere)).map(({ packages }) => packages)
}

function isHere(program) {
  if (program.startsWith('/')) return existsSync(program)
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin']
  return folders.some((folder) => existsSync(`${folder}/${program}`))
}

/** All at once is fastest. But one that this system does not have must not keep the others away. */
function install(groups) {
  const all = ['install', ...groups.flat()]
  console.error(`Installing for the tests: ${groups.flat().join(' ')} ...`)
  withoutServices(() => {
    if (apt(all) || (apt(['update']) && apt(all))) return
    for (const packages of groups) apt(['install', ...packages])
  })
}

/** Needs no rights: nothing is installed. Without cyrus-common the programs would not run. */
function unpackCyrus() {
  const bin = '/usr/lib/cyrus/bin'
  if (!existsSync(`${bin}/master`) || existsSync(`${bin}/imapd`) || existsSync(join(cyrusFolder, bin, 'idled'))) return
  mkdirSync(cyrusFolder, { recursive: true })
  const run = (command, ...args) => spawnSync(command, args, { cwd: cyrusFolder, stdio: 'ignore' }).status === 0
  const download = () => run('apt-get', '-qq', 'download', 'cyrus-pop3d', 'cyrus-imapd')
  const isThere = download() || (process.getuid?.() === 0 && apt(['update']) && download())
  const unpacked = isThere && packagesIn(cyrusFolder).map((file) => run('dpkg-deb', '-x', file, '.'))
  if (!unpacked || unpacked.includes(false))
    console.error('Cyrus could not be fetched, so its tests are skipped: `apt-get download cyrus-imapd` says why.')
}

function packagesIn(folder) {
  return readdirSync(folder).filter((name) => name.endsWith('.deb'))
}

function apt(command) {
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60']
  const done = spawnSync('apt-get', [...options, ...command], {
    stdio: ['ignore', 'ignore', command[0] === 'update' ? 'ignore' : 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return done.status === 0
}

/** Debian starts servers when it installs them; ours run only inside tests, on ports of their own. */
function withoutServices(work) {
  const policy = '/usr/sbin/policy-rc.d'
  const isOurs = !existsSync(policy)
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (isOurs) rmSync(policy)
  }
}
