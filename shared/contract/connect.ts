import { fromErrorInfo, MailError, type ErrorInfo } from '../errors/mail-error.ts'
import type { Calls, Client, Events } from './define.ts'
import type { Wire } from './wire.ts'

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

type FrameToClient =
  | { readonly t: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly t: 'failure'; readonly id: number; readonly error: ErrorInfo }
  | { readonly t: 'event'; readonly name: string; readonly payload: unknown }

/** The calling side of a contract over any wire. */
export function connect<C extends Calls, E extends Events>(wire: Wire): Client<C, E> {
  const pending = new Map<number, Pending>()
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const closeListeners = new Set<() => void>()
  let nextId = 1
  let isClosed = false

  wire.onMessage((raw) => {
    const frame = raw as FrameToClient
    if (frame.t === 'event') {
      for (const listener of listeners.get(frame.name) ?? []) listener(frame.payload as never)
      return
    }
    const entry = pending.get(frame.id)
    pending.delete(frame.id)
    if (frame.t === 'reply') entry?.resolve(frame.value)
    else if (frame.t === 'failure') entry?.reject(fromErrorInfo(frame.error))
  })
  wire.onClose(() => {
    isClosed = true
    for (const entry of pending.values()) entry.reject(gone())
    pending.clear()
    for (const listener of closeListeners) listener()
  })

  return {
    call(name, input, signal) {
      return new Promise((resolve, reject) => {
        if (isClosed) return reject(gone())
        if (signal?.aborted) return reject(signal.reason)
        const id = nextId++
        const onAbort = () => {
          pending.delete(id)
          if (!isClosed) wire.send({ t: 'cancel', id })
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        const settle = () => signal?.removeEventListener('abort', onAbort)
        pending.set(id, {
          resolve: (value) => (settle(), resolve(value as never)),
          reject: (error) => (settle(), reject(error)),
        })
        wire.send({ t: 'call', id, name, input })
      })
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener)
      return () => set.delete(listener)
    },
    onClose(listener) {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    close: () => wire.close(),
  }
}

const gone = () => new MailError('engine-gone', 'The connection to the mail engine is closed.')
