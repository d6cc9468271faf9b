// One start of the engine on a store; prints the milliseconds that it took.
import { createEngine } from '../../electron/engine/engine.ts'
import { silentLogger } from '../../electron/engine/log.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'

const started = performance.now()
const engine = await createEngine({
  dataFolder: process.argv[2] ?? '',
  clock: systemClock,
  secrets: memorySecrets(),
  log: silentLogger,
  version: 'bench',
})
process.stdout.write(String(performance.now() - started))
await engine.close()
