// Headers of a large maildrop over a long line, beside a client that sends one command at a time.
import { openPop3Session } from '../../electron/engine/protocol/pop3/pop3-session.ts'
import type { Maildrop } from './pop3-programs.ts'
import { type BenchResult, rounded } from './result.ts'

/** One at a time all of them would take more than half an hour; each takes one round trip, so these stand for them. */
const sample = 200

export async function measureHeaders(maildrop: Maildrop, line: string): Promise<BenchResult> {
  const { count } = maildrop
  const ours = await topSeconds(maildrop, true, count)
  const peer = ((await topSeconds(maildrop, false, sample)) / sample) * count
  const ratio = ours / peer
  return {
    what: `TOP of ${count} headers, ${line}`,
    unit: 's',
    ours: rounded(ours),
    peer: rounded(peer),
    peerName: `one command at a time (${sample} measured, scaled)`,
    ratio: rounded(ratio),
    goal: 'under 1/20',
    met: ratio < 1 / 20,
  }
}

async function topSeconds({ port, user, password }: Maildrop, mayPipeline: boolean, count: number): Promise<number> {
  const target = { host: '127.0.0.1', port, security: 'none', user, password, signIn: 'password', timeoutMs: 60_000 } as const
  const trust = { certificates: [], ca: null }
  const session = await openPop3Session({ ...target, trust, mayPipeline, accountName: 'bench' }, new AbortController().signal)
  try {
    const started = performance.now()
    let arrived = 0
    await session.topAll(
      Array.from({ length: count }, (_, index) => index + 1),
      (_, header) => void (arrived += header.length > 0 ? 1 : 0),
    )
    if (arrived !== count) throw new Error(`${arrived} of ${count} headers arrived.`)
    return (performance.now() - started) / 1000
  } finally {
    session.destroy()
  }
}
