import { useEffect, useReducer } from 'react'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { ForecastRequest } from '../../shared/domain/pop3.ts'
import type { LogonRequest } from '../../shared/domain/run.ts'
import type { TrustRequest } from '../../shared/domain/trust-request.ts'
import { type RequestEvent, requestQueue } from './request-queue.ts'
import { useServices } from './services.tsx'

interface Requests<R> {
  readonly open: readonly R[]
  /** The engine has the answer. */
  readonly answered: (request: number) => void
}

interface Source<R> {
  pending(engine: EngineClient): Promise<readonly R[]>
  onNeeded(engine: EngineClient, listener: (request: R) => void): () => void
  onClosed(engine: EngineClient, listener: (request: { readonly request: number }) => void): () => void
}

/** Passwords that servers want. Answered in another window, a question goes away here too. */
export function useLogonRequests(): Requests<LogonRequest> {
  return useRequests(logons)
}

/** Certificates that nothing vouches for. */
export function useTrustRequests(): Requests<TrustRequest> {
  return useRequests(trusts)
}

/** Deletions on servers that wait for a yes or no. */
export function useForecastRequests(): Requests<ForecastRequest> {
  return useRequests(forecasts)
}

const logons: Source<LogonRequest> = {
  pending: (engine) => engine.call('logon.pending', {}),
  onNeeded: (engine, listener) => engine.on('logonNeeded', listener),
  onClosed: (engine, listener) => engine.on('logonClosed', listener),
}

const trusts: Source<TrustRequest> = {
  pending: (engine) => engine.call('trust.pending', {}),
  onNeeded: (engine, listener) => engine.on('trustNeeded', listener),
  onClosed: (engine, listener) => engine.on('trustClosed', listener),
}

const forecasts: Source<ForecastRequest> = {
  pending: (engine) => engine.call('forecast.pending', {}),
  onNeeded: (engine, listener) => engine.on('forecastNeeded', listener),
  onClosed: (engine, listener) => engine.on('forecastClosed', listener),
}

function useRequests<R extends { readonly request: number }>(source: Source<R>): Requests<R> {
  const { engine } = useServices()
  const [open, dispatch] = useReducer((queue: readonly R[], event: RequestEvent<R>) => requestQueue(queue, event), [])
  useEffect(() => {
    const stops = [
      source.onNeeded(engine, (request) => dispatch({ type: 'needed', requests: [request] })),
      source.onClosed(engine, ({ request }) => dispatch({ type: 'closed', request })),
    ]
    source.pending(engine).then(
      (requests) => dispatch({ type: 'needed', requests }),
      () => undefined, // The engine is gone: the banner says so.
    )
    return () => {
      for (const stop of stops) stop()
    }
  }, [engine, source])
  return { open, answered: (request) => dispatch({ type: 'closed', request }) }
}
