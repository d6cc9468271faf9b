import type { BodySink } from '../line/line-connection.ts'

/** Bodies that have arrived and that nobody has taken yet, together with the one that is arriving. */
const mostBytesWaiting = 8_000_000
/** Bodies asked for that have not been taken: keeps a long and fast line full (100 Mbit/s for 300 ms), and can be stopped soon. */
const mostBytesAsked = 4_000_000

/** Takes one body as it arrives. */
export interface Receiver<T> {
  /** Returns how many bytes of the body are in memory now. */
  write(piece: Buffer): number
  /** The body is complete. */
  end(): T
  /** It will not become complete, or nobody takes it. */
  discard(): void
}

/** Keeps a body in memory. */
export function inMemory(): Receiver<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  return {
    write(piece) {
      pieces.push(piece)
      bytes += piece.length
      return bytes
    },
    end: () => Buffer.concat(pieces, bytes),
    discard() {},
  }
}

export interface FetchPlan<T> {
  readonly numbers: readonly number[]
  /** How many commands may be on their way; fewer when their bodies are large. */
  readonly window: number
  /** How large a body will be, as far as anybody knows. */
  readonly bytesOf: (number: number) => number
  /** Sends one command; resolves when its body has gone to the sink. */
  readonly fetch: (number: number, sink: BodySink) => Promise<void>
  readonly receive: (number: number) => Receiver<T>
  readonly handle: (number: number, body: T) => void | Promise<void>
  /** Tells failures of one message from those that end everything. */
  readonly isAboutOneMessage: (error: unknown) => boolean
  /** Given: hears of each message that the server refuses; else the first such refusal is thrown in the end. */
  readonly onRefused?: ((number: number, error: unknown) => void) | undefined
}

/**
 * Fetches many messages with several commands on their way, and hands them on one after the other in the order of `numbers`. Memory does
 * not grow with their count: when `handle` is slow, the server has to wait. A message that the server refuses does not stop the others.
 * Any other failure stops sending at once.
 */
export async function fetchInOrder<T>(plan: FetchPlan<T>): Promise<void> {
  const waiting = new WaitingBodies(plan)
  const failed = new AbortController()
  let refusal: { readonly error: unknown } | undefined
  const attempt = async (number: number) => {
    const body = waiting.expect(number)
    try {
      await plan.fetch(number, body.sink)
      await body.handOn()
    } catch (error) {
      body.discard()
      if (!plan.isAboutOneMessage(error)) throw error
      if (plan.onRefused) plan.onRefused(number, error)
      else refusal ??= { error }
    }
  }
  await keepUnderWay(plan, (number) => attempt(number).catch((error: unknown) => failed.abort(error)), failed.signal)
  failed.signal.throwIfAborted()
  if (refusal) throw refusal.error
}

/** Begins the next as soon as there is room for it, in the order of `numbers`, until all are done. `fetchOne` never fails. */
function keepUnderWay(
  { numbers, window, bytesOf }: Pick<FetchPlan<unknown>, 'numbers' | 'window' | 'bytesOf'>,
  fetchOne: (number: number) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let next = 0
    let count = 0
    let bytes = 0
    const begin = (number: number) => {
      const size = bytesOf(number)
      count += 1
      bytes += size
      void fetchOne(number).then(() => {
        count -= 1
        bytes -= size
        beginMore()
      })
    }
    const beginMore = () => {
      for (; !stop.aborted && count < window; next += 1) {
        const number = numbers[next]
        if (number === undefined || (count > 0 && bytes + bytesOf(number) > mostBytesAsked)) break
        begin(number)
      }
      if (count === 0) resolve()
    }
    beginMore()
  })
}

interface ExpectedBody {
  readonly sink: BodySink
  /** Resolves when it has been handled; it is in turn after those that were complete before it. */
  handOn(): Promise<void>
  discard(): void
}

class WaitingBodies<T> {
  readonly #plan: Pick<FetchPlan<T>, 'receive' | 'handle'>
  #tail: Promise<void> = Promise.resolve()
  #bytes = 0
  /** The body that is arriving and has no room; there is only one at a time. */
  #blocked: { readonly bytes: number; readonly resume: () => void } | undefined

  constructor(plan: Pick<FetchPlan<T>, 'receive' | 'handle'>) {
    this.#plan = plan
  }

  expect(number: number): ExpectedBody {
    // Made with the first byte: most of those on their way have to wait, and some never come.
    let receiver: Receiver<T> | undefined
    let bytes = 0
    const begin = () => (receiver ??= this.#plan.receive(number))
    return {
      sink: (piece) => {
        bytes = begin().write(piece)
        // One body alone always has room, whatever its size.
        return this.#bytes === 0 || this.#bytes + bytes <= mostBytesWaiting ? undefined : this.#room(bytes)
      },
      handOn: () => {
        const body = begin().end()
        receiver = undefined
        return this.#handOn(bytes, () => this.#plan.handle(number, body))
      },
      discard: () => receiver?.discard(),
    }
  }

  #room(bytes: number): Promise<void> {
    return new Promise((resume) => {
      const others = this.#blocked
      this.#blocked = {
        bytes,
        resume: () => {
          others?.resume()
          resume()
        },
      }
    })
  }

  #handOn(bytes: number, handle: () => void | Promise<void>): Promise<void> {
    this.#bytes += bytes
    const done = this.#tail.then(handle)
    this.#tail = done.finally(() => {
      this.#bytes -= bytes
      if (!this.#blocked || (this.#bytes > 0 && this.#bytes + this.#blocked.bytes > mostBytesWaiting)) return
      this.#blocked.resume()
      this.#blocked = undefined
    })
    // The failure is reported through `done`; what waits behind it fails with it.
    this.#tail.catch(() => {})
    return done
  }
}
