import type { BodySink } from '../line/line-connection.ts'

/** Bodies that have arrived and that nobody has taken yet, together with the one that is arriving. */
const mostBytesWaiting = 8_000_000

export interface FetchPlan {
  readonly numbers: readonly number[]
  /** How many commands may be on their way. */
  readonly window: number
  /** Sends one command; resolves when its body has gone to the sink. `isRefused` rejections concern this message only. */
  readonly fetch: (number: number, sink: BodySink) => Promise<void>
  readonly handle: (number: number, raw: Buffer) => void | Promise<void>
  /** Tells failures of one message from those that end everything. */
  readonly isAboutOneMessage: (error: unknown) => boolean
}

/**
 * Fetches many messages with several commands on their way, and hands them on one after the other in the order of `numbers`. Memory does
 * not grow with their count: when `handle` is slow, the server has to wait. A message that the server refuses does not stop the others;
 * the first such refusal is thrown in the end. Any other failure stops sending at once.
 */
export async function fetchInOrder(plan: FetchPlan): Promise<void> {
  const waiting = new WaitingBodies(plan.handle)
  let next = 0
  let refusal: unknown
  let failure: unknown
  // Each lane has one command on its way. Replies come in the order of the commands, so lanes come by in that order too.
  const lane = async () => {
    while (next < plan.numbers.length && failure === undefined) {
      const number = plan.numbers[next++]
      if (number === undefined) return
      try {
        const { sink, body } = waiting.receive()
        await plan.fetch(number, sink)
        await waiting.handOn(number, body())
      } catch (error) {
        if (plan.isAboutOneMessage(error)) refusal ??= error
        else failure ??= error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(plan.window, plan.numbers.length) }, lane))
  if (failure !== undefined) throw failure
  if (refusal !== undefined) throw refusal
}

class WaitingBodies {
  readonly #handle: FetchPlan['handle']
  #tail: Promise<void> = Promise.resolve()
  #bytes = 0
  /** The body that is arriving and has no room; there is only one at a time. */
  #blocked: { readonly bytes: number; readonly resume: () => void } | undefined

  constructor(handle: FetchPlan['handle']) {
    this.#handle = handle
  }

  receive(): { readonly sink: BodySink; readonly body: () => Buffer } {
    const pieces: Buffer[] = []
    let bytes = 0
    const sink: BodySink = (piece) => {
      pieces.push(piece)
      bytes += piece.length
      // One body alone always has room, whatever its size.
      if (this.#bytes === 0 || this.#bytes + bytes <= mostBytesWaiting) return undefined
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
    return { sink, body: () => Buffer.concat(pieces, bytes) }
  }

  handOn(number: number, raw: Buffer): Promise<void> {
    this.#bytes += raw.length
    const done = this.#tail.then(() => this.#handle(number, raw))
    this.#tail = done.finally(() => {
      this.#bytes -= raw.length
      if (!this.#blocked || (this.#bytes > 0 && this.#bytes + this.#blocked.bytes > mostBytesWaiting)) return
      this.#blocked.resume()
      this.#blocked = undefined
    })
    // The failure is reported through `done`; what waits behind it fails with it.
    this.#tail.catch(() => {})
    return done
  }
}
