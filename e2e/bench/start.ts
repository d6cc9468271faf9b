// From a start to the rows of a large folder. Goals of the first issue; Thunderbird 153 needed 5.5 s for 100,000.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openBenchBrowser } from './bench-browser.ts'
import { fillStore } from './fill-store.ts'
import { atMost, median, rounded, type BenchResult } from './result.ts'
import { startHost } from '../ui/support/host.ts'

const runs = 5

export async function benchStart(): Promise<readonly BenchResult[]> {
  const root = mkdtempSync(join(tmpdir(), 'postrider-bench-'))
  try {
    const small = join(root, 'small')
    const large = join(root, 'large')
    note('filling a store with 100,000 messages')
    fillStore(small, 100_000)
    note('filling a store with 1,000,000 messages')
    fillStore(large, 1_000_000)
    const engine = median(Array.from({ length: runs }, () => engineStart(small)))
    const hundred = await navigation(small)
    const million = await navigation(large)
    return [
      atMost('engine start to ready, 100,000 messages, the process not counted', engine, 400),
      atMost('navigation to first rows, 100,000 messages, nothing cached by the window', median(hundred.cold), 1000),
      atMost('rows from the mirror, 100,000 messages, third start, page process started too', median(hundred.warm), 300),
      atMost('rows from the mirror, 100,000 messages, reload', median(hundred.reloaded), 300),
      {
        what: 'navigation to first rows of the engine, 1,000,000 messages against 100,000',
        unit: 'ms',
        ours: rounded(median(million.cold)),
        peer: rounded(median(hundred.cold)),
        peerName: '100,000 messages',
        ratio: rounded(median(million.cold) / median(hundred.cold)),
        goal: 'at most 1.5 times as long',
        met: median(million.cold) <= 1.5 * median(hundred.cold),
      },
      atMost('start of the host process to rows on screen, 100,000 messages', median(hundred.fromStart), 3000),
    ]
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Milliseconds from the call of createEngine to its return, in a process of its own. */
function engineStart(folder: string): number {
  const script = fileURLToPath(new URL('engine-start.ts', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
  const ms = Number(stdout)
  if (!(ms > 0)) throw new Error(`the engine did not start: ${stderr}`)
  return ms
}

async function navigation(folder: string): Promise<{ cold: number[]; warm: number[]; reloaded: number[]; fromStart: number[] }> {
  const cold: number[] = []
  const warm: number[] = []
  const reloaded: number[] = []
  const fromStart: number[] = []
  const browser = await openBenchBrowser()
  try {
    for (let run = 0; run < runs; run += 1) {
      const started = performance.now()
      const host = await startHost({ dataFolder: folder })
      const context = await browser.newContext()
      const first = await context.newPage()
      cold.push(await first.firstRows(host.url))
      fromStart.push(performance.now() - started)
      await first.settle()
      await first.close()
      // Browsers keep compiled code from the second visit on, so the third one is what every day looks like.
      const second = await context.newPage()
      await second.firstRows(host.origin)
      await second.settle()
      await second.close()
      const third = await context.newPage()
      warm.push(await third.firstRows(host.origin))
      await third.settle()
      reloaded.push(await third.reloadedRows())
      await context.close()
      await host.stop()
    }
  } finally {
    await browser.close()
  }
  return { cold, warm, reloaded, fromStart }
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
