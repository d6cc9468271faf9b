import type { Forecast, ForecastRequest } from '../../../shared/domain/pop3.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { EventBus } from '../event-bus.ts'

interface OpenRequest {
  readonly request: ForecastRequest
  readonly settle: (accept: boolean) => void
}

/** Puts a forecast to every window and waits for the first yes or no (B8). */
export class Forecasts {
  readonly #open = new Map<number, OpenRequest>()
  readonly #events: EventBus
  #next = 1

  constructor(events: EventBus) {
    this.#events = events
  }

  ask(forecast: Forecast, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted()
    const request: ForecastRequest = { request: this.#next++, forecast }
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#close(request.request)
        reject(signal.reason)
      }
      const settle = (accept: boolean) => {
        signal.removeEventListener('abort', onAbort)
        this.#close(request.request)
        resolve(accept)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#open.set(request.request, { request, settle })
      this.#events.emit('forecastNeeded', request)
    })
  }

  pending(): readonly ForecastRequest[] {
    return [...this.#open.values()].map((entry) => entry.request)
  }

  answer(request: number, accept: boolean): void {
    const entry = this.#open.get(request)
    if (!entry) throw new MailError('bad-input', `Forecast ${request} is not open any more.`)
    entry.settle(accept)
  }

  #close(request: number): void {
    this.#open.delete(request)
    this.#events.emit('forecastClosed', { request })
  }
}
