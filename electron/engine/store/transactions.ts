import { ChangeRecorder, type RecordedChanges } from '../feed/change-recorder.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { type Sql, sql } from './sql.ts'

/** `full` survives a loss of power once it returns; `normal` survives the death of the process. */
export type Durability = 'normal' | 'full'

export interface Committed {
  /** undefined: nothing changed that a window shows. */
  readonly changes: RecordedChanges | undefined
  readonly seq: number
  /** Work that had to wait for the commit. */
  readonly later: readonly (() => void)[]
}

/** The one way to write: nested calls join the outer one, and what it changed is handed on after the commit. */
export class Transactions {
  readonly changes = new ChangeRecorder()
  readonly #sql: Sql
  readonly #committed: (committed: Committed) => void
  #beforeCommit: (() => void)[] = []
  #afterCommit: (() => void)[] = []
  #depth = 0
  #synchronous: Durability | undefined
  #isFullWanted = false
  #failure: { readonly error: unknown } | undefined
  #seq: number

  constructor(index: Sql, seq: number, committed: (committed: Committed) => void) {
    this.#sql = index
    this.#seq = seq
    this.#committed = committed
  }

  /** The number of the last batch. */
  get seq(): number {
    return this.#seq
  }

  run<T>(work: () => T, durability: Durability = 'normal'): T {
    if (this.#depth > 0) return this.#join(work, durability)
    this.#begin(durability)
    let result: T
    let seq: number
    try {
      result = this.#join(work, durability)
      // Half of what a failed inner step meant to do must not be kept, even if somebody caught its error.
      if (this.#failure) throw this.#failure.error
      this.#doBeforeCommit()
      seq = this.#numberBatch()
      this.#sql.exec('COMMIT')
    } catch (error) {
      this.#rollBack()
      throw error
    }
    this.#finish(seq, durability)
    return result
  }

  /** Is done at the end of the outermost transaction, inside of it. Must not begin another. */
  beforeCommit(work: () => void): void {
    this.#beforeCommit.push(work)
  }

  /** Is done once the outermost transaction is on disk; never, when it is rolled back. */
  afterCommit(work: () => void): void {
    this.#afterCommit.push(work)
  }

  #join<T>(work: () => T, durability: Durability): T {
    if (durability === 'full') this.#isFullWanted = true
    this.#depth += 1
    try {
      const result = work()
      if (result instanceof Promise) throw new MailError('bug', 'A transaction must not wait for anything.')
      return result
    } catch (error) {
      this.#failure ??= { error }
      throw error
    } finally {
      this.#depth -= 1
    }
  }

  #begin(durability: Durability): void {
    this.#failure = undefined
    this.#isFullWanted = false
    this.#setSynchronous(durability)
    this.#sql.exec('BEGIN IMMEDIATE')
  }

  #doBeforeCommit(): void {
    const works = this.#beforeCommit
    this.#beforeCommit = []
    for (const work of works) work()
  }

  #numberBatch(): number {
    if (this.changes.isEmpty) return this.#seq
    this.#sql.run(sql`UPDATE store SET seq = ${this.#seq + 1}`)
    return this.#seq + 1
  }

  #rollBack(): void {
    this.changes.take()
    this.#beforeCommit = []
    this.#afterCommit = []
    // A full disk has already rolled back by itself.
    if (this.#sql.isInTransaction) this.#sql.exec('ROLLBACK')
  }

  #finish(seq: number, durability: Durability): void {
    const changes = seq === this.#seq ? undefined : this.changes.take()
    const later = this.#afterCommit
    this.#seq = seq
    this.#afterCommit = []
    let isDurable = false
    try {
      if (this.#isFullWanted && durability === 'normal') this.#flush()
      isDurable = true
    } finally {
      // Committed it is, even if the disk would not confirm it: windows show what the store holds.
      this.#committed({ changes, seq, later: isDurable ? later : [] })
    }
  }

  /** An inner step asked for `full` after the outer one had begun: a durable commit makes all earlier ones durable too. */
  #flush(): void {
    this.#setSynchronous('full')
    this.#sql.exec('BEGIN IMMEDIATE')
    try {
      this.#sql.run(sql`UPDATE store SET seq = seq`)
      this.#sql.exec('COMMIT')
    } finally {
      if (this.#sql.isInTransaction) this.#sql.exec('ROLLBACK')
    }
  }

  #setSynchronous(durability: Durability): void {
    if (this.#synchronous === durability) return
    this.#sql.exec(`PRAGMA synchronous = ${durability}`)
    this.#synchronous = durability
  }
}
