import { createEngine, type Engine } from '../../engine/engine.ts'
import type { EnginePorts } from '../../engine/ports.ts'
import { joinInProcess, type InProcess } from './join-in-process.ts'

/** Engine and client in one thread, for tests and the command line. Frames are still copied as a real wire would. */
export async function startInProcess(ports: EnginePorts): Promise<InProcess<Engine>> {
  return joinInProcess(await createEngine(ports), ports)
}
