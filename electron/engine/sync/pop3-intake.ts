import { setImmediate } from 'node:timers/promises'
import { headerFacts } from '../mime/facts.ts'
import type { Clock } from '../ports.ts'
import type { WrittenBody } from '../store/body-writer.ts'
import type { BodyRef } from '../store/message-bodies.ts'
import type { PackedBody } from '../store/packed-body.ts'
import { type Digest, readingOf } from './digest.ts'
import { Digester } from './digest-thread.ts'
import { headerOf } from './pop3-header.ts'
import type { NamedMessage } from './pop3-naming.ts'

/** One commit of the bodies database costs one wait for the disk, so messages are committed in batches of this many bytes. */
const batchBytes = 4_000_000
const batchMessages = 400

export interface Arrived {
  readonly message: NamedMessage
  readonly written: WrittenBody
}

/** An arrived message, ready to be committed. */
export interface Ready extends Omit<Digest, 'body'> {
  readonly message: NamedMessage
  readonly body: BodyRef
  /** undefined: it is a file on the disk already. */
  readonly packed: PackedBody | undefined
}

/** Gathers what arrives into batches. While one is parsed, in another thread if there are many, the one before is committed. */
export class Intake {
  readonly #clock: Clock
  readonly #commit: (ready: readonly Ready[]) => void
  readonly #digester: Digester
  #batch: Arrived[] = []
  #bytes = 0
  #underWay: Promise<readonly Ready[]> | undefined

  constructor(expected: number, clock: Clock, commit: (ready: readonly Ready[]) => void) {
    this.#clock = clock
    this.#commit = commit
    this.#digester = new Digester(expected)
  }

  async take(arrived: Arrived): Promise<void> {
    this.#batch.push(arrived)
    this.#bytes += arrived.written.kind === 'small' ? arrived.written.raw.length : arrived.written.start.length
    if (this.#bytes < batchBytes && this.#batch.length < batchMessages) return
    await this.#passOn()
    // Windows get their answers between two batches.
    await setImmediate()
  }

  /** Commits all that has been taken. */
  async finish(): Promise<void> {
    try {
      await this.#passOn()
    } finally {
      await this.#commitUnderWay()
      this.#digester.close()
    }
  }

  async #passOn(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    this.#bytes = 0
    const before = this.#underWay
    this.#underWay = batch.length > 0 ? this.#prepare(batch) : undefined
    if (before) this.#commit(await before)
  }

  async #commitUnderWay(): Promise<void> {
    const underWay = this.#underWay
    this.#underWay = undefined
    const ready = await underWay
    if (ready) this.#commit(ready)
  }

  async #prepare(batch: readonly Arrived[]): Promise<readonly Ready[]> {
    const now = this.#clock.now()
    const raws = batch.flatMap(({ written }) => (written.kind === 'small' ? written.raw : []))
    const digests = await this.#digester.digest(raws, now)
    let next = 0
    return batch.flatMap(({ message, written }) => {
      if (written.kind === 'stored') return { message, ...digestOfStored(written, now), body: written.body, packed: undefined }
      const digest = digests[next++]
      if (!digest) return []
      const { body, ...rest } = digest
      return { message, ...rest, body: { hash: body.hash, size: body.raw.length }, packed: body }
    })
  }
}

/** What lies behind the beginning was never in memory; the type at the top says well enough whether there are files. */
function digestOfStored({ body, start }: Extract<WrittenBody, { kind: 'stored' }>, now: number): Omit<Digest, 'body'> {
  const digest = readingOf(start, now)
  const hasMore = body.size > start.length && headerFacts(headerOf(start)).hasAttachment
  return { ...digest, facts: { ...digest.facts, hasAttachment: digest.facts.hasAttachment || hasMore } }
}
