// Programs that the whole test suite drives: a browser, and real mail servers on loopback.
// On Debian and as root they are installed; anywhere else one line says what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

const wanted = [
  { packages: ['chromium'], program: ['chromium', 'google-chrome'] },
  { packages: ['dovecot-core', 'dovecot-imapd', 'dovecot-pop3d', 'dovecot-lmtpd'], program: ['/usr/lib/dovecot/imap'] },
  { packages: ['exim4-daemon-heavy'], program: ['exim4'] },
  { packages: ['openssl'], program: ['openssl'] },
  { packages: ['fonts-noto-core'], program: ['/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf'] },
  { packages: ['fonts-noto-cjk'], program: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
]

export function installSystemPackages() {
  const missing = wanted.filter(({ program }) => !program.some(isHere)).flatMap(({ packages }) => packages)
  if (missing.length === 0) return
  const isRoot = process.getuid?.() === 0
  if (process.platform === 'linux' && isRoot && existsSync('/usr/bin/apt-get') && install(missing)) return
  console.error(`Not installed here, so some tests are skipped: ${missing.join(' ')}. On Debian: sudo apt-get install ${missing.join(' ')}`)
}

function isHere(program) {
  if (program.startsWith('/')) return existsSync(program)
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin']
  return folders.some((folder) => existsSync(`${folder}/${program}`))
}

function install(packages) {
  console.error(`Installing for the tests: ${packages.join(' ')} ...`)
  return withoutServices(() => apt(['install', ...packages]) || (apt(['update']) && apt(['install', ...packages])))
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
    return work()
  } finally {
    if (isOurs) rmSync(policy)
  }
}
