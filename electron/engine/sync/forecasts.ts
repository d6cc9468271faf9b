import type { Forecast, ForecastRequest } from '../../../shared/domain/pop3.ts'
import type { EventBus } from '../event-bus.ts'
import { OpenQuestions } from './open-questions.ts'

/** Puts a forecast to every window and waits for the first yes or no (B8). */
export class Forecasts {
  readonly #questions: OpenQuestions<ForecastRequest>

  constructor(events: EventBus) {
    this.#questions = new OpenQuestions({
      onNeeded: (request) => events.emit('forecastNeeded', request),
      onClosed: (request) => events.emit('forecastClosed', { request }),
    })
  }

  ask(forecast: Forecast, signal: AbortSignal): Promise<boolean> {
    return this.#questions.ask((request) => ({ request, forecast }), signal)
  }

  pending(): readonly ForecastRequest[] {
    return this.#questions.pending()
  }

  answer(request: number, accept: boolean): void {
    this.#questions.answer(request, accept)
  }
}
