import { Worker } from 'node:worker_threads'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { type Digest, digestOf } from './digest.ts'
import type { DigestAnswer, DigestQuestion } from './digest-worker.ts'

/** Fewer are done before a thread has begun. */
const worthAThread = 300

interface Waiting {
  readonly resolve: (answer: DigestAnswer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Parses and packs arrived messages: where many are expected in a thread of its own, so that this one can store others meanwhile and
 * answer windows. Should the thread fail, the work is done here; nothing of it touches the store.
 */
export class Digester {
  #worker: Worker | undefined
  #waiting: Waiting[] = []

  constructor(expected: number) {
    if (expected >= worthAThread) this.#worker = this.#start()
  }

  /** False: there never was one, or it has failed. */
  get hasThread(): boolean {
    return this.#worker !== undefined
  }

  /** In the same order. `now`: see `arrivedAt`. */
  async digest(raws: readonly Buffer[], now: number): Promise<readonly Digest[]> {
    const worker = this.#worker
    if (worker && raws.length > 0) {
      try {
        return combine(raws, await this.#ask(worker, raws, now))
      } catch {
        // Whatever is wrong with the thread, this one can do the same.
        this.close()
      }
    }
    return raws.map((raw) => digestOf(raw, now))
  }

  close(): void {
    const worker = this.#worker
    this.#worker = undefined
    void worker?.terminate()
  }

  #start(): Worker {
    // The bundle has it beside the file that this one has become part of.
    const entry = new URL(import.meta.url.endsWith('.ts') ? './digest-worker.ts' : './digest-worker.js', import.meta.url)
    const worker = new Worker(entry, { name: 'digest' })
    worker.on('message', (answer: DigestAnswer) => this.#waiting.shift()?.resolve(answer))
    worker.on('error', (error) => this.#fail(error))
    worker.on('exit', () => this.#fail(new MailError('bug', 'The thread that parses mail has ended.')))
    return worker
  }

  #ask(worker: Worker, raws: readonly Buffer[], now: number): Promise<DigestAnswer> {
    const joined = new Uint8Array(Buffer.concat(raws))
    const question: DigestQuestion = { joined, lengths: raws.map(({ length }) => length), now }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      worker.postMessage(question, [joined.buffer])
    })
  }

  #fail(error: unknown): void {
    this.#worker = undefined
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}

function combine(raws: readonly Buffer[], { results, joined }: DigestAnswer): readonly Digest[] {
  let at = 0
  return raws.map((raw, index) => {
    const result = results[index]
    if (!result) throw new MailError('bug', 'The thread that parses mail has left one out.')
    const { hash, packedLength, ...digest } = result
    const packed = packedLength === null ? null : joined.subarray(at, at + packedLength)
    at += packedLength ?? 0
    return { ...digest, body: { raw, hash, packed } }
  })
}
