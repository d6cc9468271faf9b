// Receiving by POP3 into our store, side by side with mpop and fetchmail from the same Dovecot.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDelayProxy } from '../servers/delay-proxy.ts'
import { startLab, type Lab } from '../servers/start-lab.ts'
import { median, rounded, type BenchResult } from './result.ts'
import { runProgram } from './run-program.ts'

const cli = fileURLToPath(new URL('../../electron/hosts/cli/cli.ts', import.meta.url))
const rounds = 3

interface Case {
  readonly user: 'pop2k' | 'pop20k'
  readonly count: number
  readonly line: 'loopback' | '50 ms'
  /** ours / mpop at most. */
  readonly limit: number
}

const cases: readonly Case[] = [
  { user: 'pop2k', count: 2000, line: 'loopback', limit: 1 },
  { user: 'pop2k', count: 2000, line: '50 ms', limit: 0.5 },
  { user: 'pop20k', count: 20_000, line: 'loopback', limit: 1 },
  { user: 'pop20k', count: 20_000, line: '50 ms', limit: 0.5 },
]

export async function benchPop3(): Promise<readonly BenchResult[]> {
  const lab = await startLab()
  const folder = mkdtempSync(join(tmpdir(), 'postrider-bench-'))
  try {
    lab.fill('pop2k', { count: 2000, profile: 'small' })
    lab.fill('pop20k', { count: 20_000, profile: 'small' })
    const slow = await startDelayProxy(lab.pop3.port, 25)
    const results: BenchResult[] = []
    for (const each of cases) {
      const port = each.line === 'loopback' ? lab.pop3.port : slow.port
      results.push(await compare(each, { lab, folder, port }))
    }
    await slow.close()
    return results
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await lab.stop()
  }
}

interface Place {
  readonly lab: Lab
  readonly folder: string
  readonly port: number
}

async function compare({ user, count, line, limit }: Case, place: Place): Promise<BenchResult> {
  const { password } = place.lab.user(user)
  const own: number[] = []
  const peer: number[] = []
  await receive({ ...place, user, password }) // Warms Dovecot's index, which the first reader pays for.
  for (let round = 0; round < rounds; round += 1) {
    own.push(await receive({ ...place, user, password }))
    peer.push(await mpop({ ...place, user, password }))
    process.stderr.write(`${count} at ${line}: ours ${own.at(-1)?.toFixed(2)} s, mpop ${peer.at(-1)?.toFixed(2)} s\n`)
  }
  const ratio = median(own) / median(peer)
  return {
    what: `receive ${count} messages of about 5 KB, ${line}, parsed, indexed and on the disk, the whole process`,
    unit: 's',
    ours: rounded(median(own)),
    peer: rounded(median(peer)),
    peerName: 'mpop',
    ratio: rounded(ratio),
    goal: `at most ${limit} of mpop`,
    met: ratio <= limit,
  }
}

type Login = Place & { readonly user: string; readonly password: string }

async function receive({ folder, port, user, password }: Login): Promise<number> {
  const data = join(folder, 'ours')
  rmSync(data, { recursive: true, force: true })
  const preset = join(folder, 'preset.json')
  writeFileSync(
    preset,
    JSON.stringify({
      postrider: 1,
      name: 'bench',
      email: 'bench@example.org',
      incoming: { protocol: 'pop3', host: '127.0.0.1', port, security: 'none', user },
      outgoing: { host: '127.0.0.1', security: 'none', auth: 'none' },
    }),
  )
  await runProgram({ command: process.execPath, words: [cli, 'account', 'add', '--preset', preset, '--data', data] })
  const env = { POSTRIDER_PASSWORD: password }
  return (await runProgram({ command: process.execPath, words: [cli, 'sync', '--json', '--data', data], env })).seconds
}

async function mpop({ folder, port, user, password }: Login): Promise<number> {
  const home = join(folder, 'mpop')
  rmSync(home, { recursive: true, force: true })
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(home, 'Maildir', name), { recursive: true })
  const rc = join(home, 'mpoprc')
  const lines = [
    'defaults',
    'tls off',
    'auth user',
    'account bench',
    'host 127.0.0.1',
    `port ${port}`,
    `user ${user}`,
    `password ${password}`,
    'keep on',
    `delivery maildir ${join(home, 'Maildir')}`,
    `uidls_file ${join(home, 'uidls')}`,
  ]
  writeFileSync(rc, `${lines.join('\n')}\n`, { mode: 0o600 })
  return (await runProgram({ command: 'mpop', words: ['-Q', '-C', rc, 'bench'] })).seconds
}
