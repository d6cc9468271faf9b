// Receiving by IMAP into our store, side by side with imapflow alone, mbsync and offlineimap from the same Dovecot.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDelayProxy } from '../servers/delay-proxy.ts'
import { startLab } from '../servers/start-lab.ts'
import {
  bundleFirstSync,
  fetchByHastyMbsync,
  fetchByMbsync,
  fetchByOfflineimap,
  fetchByPostrider,
  lookByEngine,
  type Mailbox,
} from './imap-programs.ts'
import { measureResync } from './imap-resync.ts'
import { atMost, type BenchResult, median, rounded } from './result.ts'

const rounds = 3

export async function benchImap(): Promise<readonly BenchResult[]> {
  const lab = await startLab()
  const folder = mkdtempSync(join(tmpdir(), 'postrider-bench-'))
  try {
    lab.fill('imap2k', { count: 2000, profile: 'small' })
    lab.fill('imap20k', { count: 20_000, profile: 'small' })
    const few: Mailbox = { ...lab.user('imap2k'), folder, port: lab.imap.port, count: 2000 }
    const many: Mailbox = { ...lab.user('imap20k'), folder, port: lab.imap.port, count: 20_000 }
    const results: BenchResult[] = []
    results.push(...(await measureFirstLook({ ...many, program: await bundleFirstSync(folder) })))
    results.push(await compareBodies(few, 'mbsync', fetchByMbsync))
    results.push(await compareBodies(few, 'mbsync without FSync', fetchByHastyMbsync))
    if (hasOfflineimap()) results.push(await compareBodies(few, 'offlineimap', fetchByOfflineimap))
    else process.stderr.write('offlineimap is not here: not compared (package offlineimap3).\n')
    results.push(await compareBodies(many, 'mbsync', fetchByMbsync))
    results.push(await compareBodies(many, 'mbsync without FSync', fetchByHastyMbsync))
    results.push(...(await measureResync(many)))
    return results
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await lab.stop()
  }
}

async function measureFirstLook(mailbox: Mailbox & { readonly program: string }): Promise<readonly BenchResult[]> {
  await lookByEngine(mailbox, 'library') // Warms Dovecot's index, which the first reader pays for.
  const looks: Record<'library' | 'engine' | 'screen', Awaited<ReturnType<typeof lookByEngine>>[]> = { library: [], engine: [], screen: [] }
  for (let round = 0; round < rounds; round += 1) {
    for (const how of ['library', 'engine', 'screen'] as const) {
      const look = await lookByEngine(mailbox, how)
      looks[how].push(look)
      process.stderr.write(`headers of ${mailbox.count}, ${how}: ${look.seconds.toFixed(2)} s, ${look.cpuSeconds.toFixed(2)} s of CPU\n`)
    }
  }
  const slow = await startDelayProxy(mailbox.port, 25)
  const far = await lookByEngine({ ...mailbox, port: slow.port }, 'engine')
  const farScreen = await lookByEngine({ ...mailbox, port: slow.port }, 'screen')
  await slow.close()
  const of = (how: keyof typeof looks, what: 'seconds' | 'cpuSeconds' | 'peakMegabytes' | 'firstScreenSeconds' | 'pageMs95') =>
    median(looks[how].map((look) => look[what] ?? Number.NaN))
  const headers = `headers of ${mailbox.count} in one folder`
  return [
    beside(
      `CPU for the ${headers}, indexed and on the disk`,
      [of('engine', 'cpuSeconds'), of('library', 'cpuSeconds')],
      'imapflow storing nothing',
      1.6,
    ),
    beside(`${headers} with the folder open on screen`, [of('screen', 'seconds'), of('engine', 'seconds')], 'without', 1.1),
    atMost(`${headers}, 50 ms`, far.seconds, 10, 's'),
    atMost(`${headers}, 50 ms, with the folder open on screen`, farScreen.seconds, 10, 's'),
    atMost('first screen (newest 100), loopback', of('screen', 'firstScreenSeconds'), 1, 's'),
    atMost('first screen (newest 100), 50 ms', farScreen.firstScreenSeconds ?? Number.NaN, 1, 's'),
    atMost(`peak memory of the engine's process, ${headers}`, of('engine', 'peakMegabytes'), 200, 'MB'),
    atMost('a page of 50 rows during the first look, 95th percentile', of('screen', 'pageMs95'), 30),
  ]
}

async function compareBodies(mailbox: Mailbox, peerName: string, peer: (mailbox: Mailbox) => Promise<number>): Promise<BenchResult> {
  const ours: number[] = []
  const theirs: number[] = []
  await fetchByPostrider(mailbox)
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await fetchByPostrider(mailbox))
    theirs.push(await peer(mailbox))
    process.stderr.write(`${mailbox.count} with bodies: ours ${ours.at(-1)?.toFixed(2)} s, ${peerName} ${theirs.at(-1)?.toFixed(2)} s\n`)
  }
  const what = `first full sync of ${mailbox.count} messages with bodies, indexed and on the disk, the whole process`
  return beside(what, [median(ours), median(theirs)], peerName, 0.5)
}

function beside(what: string, [ours, peer]: readonly [number, number], peerName: string, limit: number): BenchResult {
  const ratio = ours / peer
  return {
    what,
    unit: 's',
    ours: rounded(ours),
    peer: rounded(peer),
    peerName,
    ratio: rounded(ratio),
    goal: `at most ${limit} of ${peerName}`,
    met: ratio <= limit,
  }
}

function hasOfflineimap(): boolean {
  try {
    execFileSync('offlineimap', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false // Not installed.
  }
}
