// Receives twice into an empty store and prints by how many bytes memory grew at most in the second run. Between the two it says
// "ready" and waits for a line: the large message is delivered meanwhile. Words: data folder, preset file.
import { once } from 'node:events'
import { createEngine } from '../../electron/engine/engine.ts'
import { readPresetFile } from '../../electron/engine/accounts/presets.ts'
import { silentLogger } from '../../electron/engine/log.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'

const [dataFolder = '', preset = ''] = process.argv.slice(2)
const engine = await createEngine({ dataFolder, clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: 'bench' })
const settings = await readPresetFile(preset, {})
const password = process.env.POSTRIDER_PASSWORD ?? null
await engine.handlers['accounts.add']({ settings, password, outgoingPassword: null }, AbortSignal.timeout(60_000))

async function receive(): Promise<number> {
  const run = { accounts: null, receive: true, send: false, isForeground: true, bodies: 'all' } as const
  const { received, tasks } = await engine.parts.runs.start(run).done
  const failed = tasks.find((task) => task.error)
  if (failed) throw new Error(JSON.stringify(failed.error))
  return received
}

await receive()
const before = process.memoryUsage.rss()
process.stdout.write('ready\n')
await once(process.stdin, 'data')
const received = await receive()
const grown = process.resourceUsage().maxRSS * 1024 - before
process.stdout.write(`${JSON.stringify({ received, grown })}\n`)
process.stdin.destroy()
await engine.close()
