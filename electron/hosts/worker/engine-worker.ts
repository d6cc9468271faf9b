// Entry of the engine's thread; never imported.
import { createEngine } from '../../engine/engine.ts'
import { serveThread } from './serve-thread.ts'

void serveThread(async (ports) => {
  const engine = await createEngine(ports)
  engine.checkByItself()
  return engine
})
