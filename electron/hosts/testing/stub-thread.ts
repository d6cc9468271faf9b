import { silentLogger } from '../../engine/log.ts'
import { memorySecrets } from '../secrets/memory-secrets.ts'
import { startEngine, type EngineOptions, type EngineThread } from '../worker/start-engine.ts'

export function startStub(options: Partial<EngineOptions> = {}): Promise<EngineThread> {
  return startEngine({
    dataFolder: 'stub data',
    secrets: memorySecrets(),
    log: silentLogger,
    version: '1.2.3',
    entry: new URL('./stub-worker.ts', import.meta.url),
    backOff: () => 1,
    ...options,
  })
}
