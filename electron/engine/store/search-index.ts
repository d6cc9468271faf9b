import type { MessageId } from '../../../shared/domain/ids.ts'
import type { Address } from '../../../shared/domain/message.ts'
import type { MessageFacts } from '../message-facts.ts'
import type { IndexAccess } from './index-access.ts'
import { searchable } from './search-text.ts'
import { idList, sql } from './sql.ts'

export interface Indexed {
  readonly id: MessageId
  readonly facts: MessageFacts
}

/** A message of many megabytes of text is found by its beginning; the index must not outgrow the mail. */
const mostText = 1_000_000

/**
 * Puts the words of messages into the full-text index; their removal is a trigger's work. The words of one transaction are written
 * together at its end: a row written between two of them makes FTS5 write out what it has gathered, which would be a segment per
 * message, and merging those costs more than all the rest.
 */
export class SearchIndex {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  add(id: MessageId, facts: MessageFacts): void {
    this.#index.transactions.beforeCommit(() => this.#write(id, facts))
  }

  /** For messages whose words have become others. */
  replaceMany(messages: readonly Indexed[]): void {
    // The index takes what comes in rising order together; anything else makes it write out what it has gathered.
    const rising = messages.toSorted((a, b) => a.id - b.id)
    this.#index.transactions.beforeCommit(() => {
      this.#index.sql.run(sql`DELETE FROM message_text WHERE rowid IN ${idList(rising.map(({ id }) => id))}`)
      for (const { id, facts } of rising) this.#write(id, facts)
    })
  }

  #write(id: MessageId, { envelope, searchText }: MessageFacts): void {
    const { sql: db } = this.#index
    // The transaction that brought it may have taken it away again.
    if (!db.get(sql`SELECT 1 FROM message WHERE id = ${id}`)) return
    db.run(sql`
      INSERT INTO message_text (rowid, sender, recipients, subject, body)
      VALUES (${id}, ${names(envelope.from, envelope.sender)}, ${names(envelope.to, envelope.cc, envelope.bcc)},
              ${searchable(envelope.subject)}, ${searchable(searchText.slice(0, mostText))})`)
  }
}

function names(...lists: readonly (readonly Address[])[]): string {
  return searchable(
    lists
      .flat()
      .map(({ name, address }) => `${name} ${address}`)
      .join(' '),
  )
}
