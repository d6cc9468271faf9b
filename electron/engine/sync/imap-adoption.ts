import type { Envelope } from '../../../shared/domain/message.ts'
import type { UnplacedRow } from '../store/places-table.ts'

/** What the server shows of a message. */
export interface ShownMessage {
  readonly emailId: string | null
  readonly size: number
  readonly receivedAt: number
  readonly envelope: Pick<Envelope, 'messageIdHeader' | 'subject' | 'sentAt'>
}

/** Servers may count a message that we made by some bytes otherwise. */
const sizeTolerance = 128

/**
 * Finds the rows that wait for a UID among what a server shows (I8): because their folder was renumbered, or because an operation
 * put them there. A row is given away once.
 */
export class Adoption {
  readonly #waiting: Map<UnplacedRow['id'], UnplacedRow>
  readonly #byEmailId = new Map<string, UnplacedRow[]>()
  readonly #byFacts = new Map<string, UnplacedRow[]>()

  constructor(rows: readonly UnplacedRow[]) {
    this.#waiting = new Map(rows.map((row) => [row.id, row]))
    for (const row of rows) {
      if (row.emailId !== null) append(this.#byEmailId, row.emailId, row)
      append(this.#byFacts, factsKey(row.messageIdHeader, row.subject, row.sentAt), row)
    }
  }

  /** Those that nobody has shown. */
  get left(): readonly UnplacedRow[] {
    return [...this.#waiting.values()]
  }

  take(shown: ShownMessage): UnplacedRow | undefined {
    if (this.#waiting.size === 0) return undefined
    const found = this.#find(shown)
    if (!found) return undefined
    this.#waiting.delete(found.id)
    drop(this.#byEmailId.get(found.emailId ?? ''), found)
    drop(this.#byFacts.get(factsKey(found.messageIdHeader, found.subject, found.sentAt)), found)
    return found
  }

  #find({ emailId, size, receivedAt, envelope }: ShownMessage): UnplacedRow | undefined {
    const same = emailId === null ? undefined : this.#byEmailId.get(emailId)?.[0]
    if (same) return same
    const sentAt = Math.trunc(envelope.sentAt ?? receivedAt)
    const alike = this.#byFacts.get(factsKey(envelope.messageIdHeader, envelope.subject, sentAt)) ?? []
    const exact = alike.find((row) => row.size === size)
    if (exact || envelope.messageIdHeader === '') return exact
    return alike.find((row) => Math.abs(row.size - size) <= sizeTolerance)
  }
}

function drop(rows: UnplacedRow[] | undefined, row: UnplacedRow): void {
  const at = rows?.indexOf(row) ?? -1
  if (at >= 0) rows?.splice(at, 1)
}

function factsKey(messageIdHeader: string, subject: string, sentAt: number): string {
  return `${messageIdHeader}\n${sentAt}\n${subject}`
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
