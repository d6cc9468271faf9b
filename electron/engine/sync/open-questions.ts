import { MailError } from '../../../shared/errors/mail-error.ts'

export interface OpenQuestionsOptions<Request> {
  /** Tells every window. */
  readonly onNeeded: (request: Request) => void
  readonly onClosed: (request: number) => void
}

interface Open<Request> {
  readonly request: Request
  readonly settle: (accept: boolean) => void
}

/** Questions to the user that work under way waits for: put to every window, answered by the first yes or no. */
export class OpenQuestions<Request extends { readonly request: number }> {
  readonly #options: OpenQuestionsOptions<Request>
  readonly #open = new Map<number, Open<Request>>()
  #next = 1

  constructor(options: OpenQuestionsOptions<Request>) {
    this.#options = options
  }

  /** `worded` gets the number of the request. Rejects with the signal's reason when the work is stopped meanwhile. */
  ask(worded: (request: number) => Request, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted()
    const number = this.#next++
    const request = worded(number)
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#close(number)
        reject(signal.reason)
      }
      const settle = (accept: boolean) => {
        signal.removeEventListener('abort', onAbort)
        this.#close(number)
        resolve(accept)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#open.set(number, { request, settle })
      this.#options.onNeeded(request)
    })
  }

  pending(): readonly Request[] {
    return [...this.#open.values()].map((entry) => entry.request)
  }

  /** Answers the request, and with it all that `isSame` says ask the same. */
  answer(request: number, accept: boolean, isSame: (one: Request, other: Request) => boolean = () => false): void {
    const asked = this.#open.get(request)
    if (!asked) throw new MailError('bad-input', `Question ${request} is not open any more.`)
    for (const each of [...this.#open.values()]) if (each === asked || isSame(asked.request, each.request)) each.settle(accept)
  }

  #close(request: number): void {
    this.#open.delete(request)
    this.#options.onClosed(request)
  }
}
