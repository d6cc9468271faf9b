// npm run bench -- <name> [--json]: measurements, side by side with their peers where there are some. Never part of a test run.
import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { BenchResult } from './result.ts'

const benches: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
  start: async () => (await import('./start.ts')).benchStart(),
  list: async () => (await import('./list.ts')).benchList(),
  imap: async () => (await import('./imap.ts')).benchImap(),
  pop3: async () => (await import('./pop3.ts')).benchPop3(),
  mime: async () => (await import('./mime.ts')).benchMime(),
}

async function main(argv: readonly string[]): Promise<number> {
  const name = argv.find((word) => !word.startsWith('--')) ?? ''
  const names = name === 'all' ? Object.keys(benches) : [name]
  if (!names.every((each) => Object.hasOwn(benches, each))) {
    process.stderr.write(`There is no measurement "${name}". There are: ${Object.keys(benches).join(', ')}, all.\n`)
    return 2
  }
  const results: BenchResult[] = []
  for (const each of names) results.push(...((await benches[each]?.()) ?? []))
  if (argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ bench: name, commit: commit(), cores: availableParallelism(), results })}\n`)
  } else {
    for (const { what, ours, unit, peer, peerName, ratio, goal, met } of results) {
      const beside = peer === undefined ? '' : `, ${peerName ?? 'peer'} ${peer} ${unit}${ratio === undefined ? '' : ` (ratio ${ratio})`}`
      process.stdout.write(`${met ? 'met   ' : 'MISSED'} ${what}: ${ours} ${unit}${beside}; goal ${goal}\n`)
    }
  }
  return 0
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown' // Measured in an unpacked archive, which has no history.
  }
}

process.exitCode = await main(process.argv.slice(2))
