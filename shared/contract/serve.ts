import * as v from 'valibot'
import { MailError, toErrorInfo } from '../errors/mail-error.ts'
import type { Calls, Events, Handlers, PayloadOf } from './define.ts'
import type { Wire } from './wire.ts'

type FrameToServer =
  | { readonly t: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'cancel'; readonly id: number }

export interface Served<E extends Events> {
  emit<N extends keyof E & string>(name: N, payload: PayloadOf<E, N>): void
}

/**
 * Serves one connection. The peer is not trusted: unknown calls and bad input never reach a handler.
 * `onFailure` sees each error that a handler threw, for the log.
 */
export function serve<C extends Calls, E extends Events>(
  calls: C,
  handlers: Handlers<C>,
  wire: Wire,
  onFailure: (call: string, error: unknown) => void = () => {},
): Served<E> {
  const running = new Map<number, AbortController>()
  let isClosed = false
  const send = (frame: unknown) => {
    if (!isClosed) wire.send(frame)
  }

  async function run(id: number, name: string, raw: unknown): Promise<void> {
    const controller = new AbortController()
    try {
      if (running.has(id)) throw new MailError('bad-input', `Call number ${id} is already in use.`)
      running.set(id, controller)
      const value = await handlers[name as keyof C](checkedInput(calls, name, raw) as never, controller.signal)
      if (!controller.signal.aborted) send({ t: 'reply', id, value })
    } catch (error) {
      if (controller.signal.aborted) return
      onFailure(name, error)
      send({ t: 'failure', id, error: toErrorInfo(error) })
    } finally {
      if (running.get(id) === controller) running.delete(id)
    }
  }

  wire.onMessage((raw) => {
    const frame = asFrame(raw)
    if (frame?.t === 'call') void run(frame.id, frame.name, frame.input)
    else if (frame?.t === 'cancel') running.get(frame.id)?.abort()
  })
  wire.onClose(() => {
    isClosed = true
    for (const controller of running.values()) controller.abort()
  })
  return { emit: (name, payload) => send({ t: 'event', name, payload }) }
}

function checkedInput(calls: Calls, name: string, raw: unknown): unknown {
  const call = Object.hasOwn(calls, name) ? calls[name] : undefined
  if (!call) throw new MailError('bad-input', `There is no call "${name}".`)
  const result = v.safeParse(call.input, raw)
  if (!result.success) {
    const issue = result.issues[0]
    throw new MailError('bad-input', `${name}: ${v.getDotPath(issue) ?? 'input'}: ${issue.message}`)
  }
  return result.output
}

function asFrame(raw: unknown): FrameToServer | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const frame = raw as Record<string, unknown>
  if (!Number.isSafeInteger(frame.id)) return undefined
  if (frame.t === 'cancel') return { t: 'cancel', id: frame.id as number }
  if (frame.t !== 'call' || typeof frame.name !== 'string') return undefined
  return { t: 'call', id: frame.id as number, name: frame.name, input: frame.input }
}
