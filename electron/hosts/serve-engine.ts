import { engineCalls, engineEvents, type EngineEvents } from '../../shared/contract/engine-contract.ts'
import { serve } from '../../shared/contract/serve.ts'
import type { Wire } from '../../shared/contract/wire.ts'
import { toErrorInfo } from '../../shared/errors/mail-error.ts'
import type { Engine } from '../engine/engine.ts'
import type { Logger } from '../engine/log.ts'

/** What a host needs of an engine. */
export type ServedEngine = Pick<Engine, 'handlers' | 'on' | 'content' | 'close'>

/** Gives one connection the engine's calls and all of its events, until the wire closes. */
export function serveEngine(engine: ServedEngine, wire: Wire, log: Logger): void {
  const served = serve(engineCalls, engine.handlers, wire, (call, error) => {
    const { code, message } = toErrorInfo(error)
    // What a server or the user did wrong is logged where it is handled; our own mistakes are only seen here.
    if (code === 'bug') log.error('a call failed', { call, code, message })
    else log.debug('a call was refused', { call, code })
  })
  const names = Object.keys(engineEvents) as (keyof EngineEvents)[]
  const stops = names.map((name) => engine.on(name, (payload) => served.emit(name, payload)))
  wire.onClose(() => {
    for (const stop of stops) stop()
  })
}
