// Receiving by POP3 into our store, side by side with mpop and fetchmail from the same Dovecot.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDelayProxy } from '../servers/delay-proxy.ts'
import { startLab } from '../servers/start-lab.ts'
import { measureHeaders } from './pop3-headers.ts'
import { measureMemory } from './pop3-memory.ts'
import { type Maildrop, receiveByFetchmail, receiveByMpop, receiveByPostrider, type Receiver } from './pop3-programs.ts'
import { median, rounded, type BenchResult } from './result.ts'

/** Programs that wait for the disk for each message take between a quarter and all of their time, from one run to the next. */
const roundsOf = ({ count }: Maildrop): number => (count > 10_000 ? 3 : 7)

interface Comparison {
  readonly maildrop: Maildrop
  readonly line: '50 ms' | 'loopback'
  readonly peerName: string
  readonly peer: Receiver
  /** ours / peer at most. */
  readonly limit: number
}

export async function benchPop3(): Promise<readonly BenchResult[]> {
  const lab = await startLab()
  const folder = mkdtempSync(join(tmpdir(), 'postrider-bench-'))
  try {
    lab.fill('pop2k', { count: 2000, profile: 'small' })
    lab.fill('pop20k', { count: 20_000, profile: 'small' })
    const slow = await startDelayProxy(lab.pop3.port, 25)
    const [near, far] = [lab.pop3.port, slow.port]
    const few = { ...lab.user('pop2k'), folder, count: 2000 }
    const many = { ...lab.user('pop20k'), folder, count: 20_000 }
    const mpop = { peerName: 'mpop', peer: receiveByMpop }
    const fetchmail = { peerName: 'fetchmail', peer: receiveByFetchmail }
    const comparisons: readonly Comparison[] = [
      { maildrop: { ...few, port: near }, line: 'loopback', ...mpop, limit: 1 },
      { maildrop: { ...few, port: near }, line: 'loopback', ...fetchmail, limit: 1 },
      { maildrop: { ...few, port: far }, line: '50 ms', ...mpop, limit: 0.5 },
      { maildrop: { ...many, port: near }, line: 'loopback', ...mpop, limit: 1 },
      { maildrop: { ...many, port: far }, line: '50 ms', ...mpop, limit: 0.5 },
    ]
    const results: BenchResult[] = []
    for (const each of comparisons) results.push(await compare(each))
    results.push(await measureHeaders({ ...many, port: far }, '50 ms'))
    results.push(await measureMemory(lab, folder))
    await slow.close()
    return results
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await lab.stop()
  }
}

async function compare({ maildrop, line, peerName, peer, limit }: Comparison): Promise<BenchResult> {
  const { count } = maildrop
  const ours: number[] = []
  const theirs: number[] = []
  await receiveByPostrider(maildrop) // Warms Dovecot's index, which the first reader pays for.
  for (let round = 0; round < roundsOf(maildrop); round += 1) {
    ours.push(await receiveByPostrider(maildrop))
    theirs.push(await peer(maildrop))
    process.stderr.write(`${count} at ${line}: ours ${ours.at(-1)?.toFixed(2)} s, ${peerName} ${theirs.at(-1)?.toFixed(2)} s\n`)
  }
  const ratio = median(ours) / median(theirs)
  return {
    what: `receive ${count} messages of about 5 KB, ${line}, parsed, indexed and on the disk, the whole process`,
    unit: 's',
    ours: rounded(median(ours)),
    peer: rounded(median(theirs)),
    peerName,
    ratio: rounded(ratio),
    goal: `at most ${limit} of ${peerName}`,
    met: ratio <= limit,
  }
}
