import type { Address } from '../../../shared/domain/message.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { MessageFacts } from '../message-facts.ts'
import { searchable } from './search-text.ts'
import { type Sql, sql } from './sql.ts'

/** A message of many megabytes of text is found by its beginning; the index must not outgrow the mail. */
const mostText = 1_000_000

/** Puts the words of a message into the full-text index. Their removal is a trigger's work. */
export function indexWords(db: Sql, id: MessageId, { envelope, searchText }: MessageFacts): void {
  db.run(sql`
    INSERT INTO message_text (rowid, sender, recipients, subject, body)
    VALUES (${id}, ${names(envelope.from, envelope.sender)}, ${names(envelope.to, envelope.cc, envelope.bcc)},
            ${searchable(envelope.subject)}, ${searchable(searchText.slice(0, mostText))})`)
}

export function reindexWords(db: Sql, id: MessageId, facts: MessageFacts): void {
  db.run(sql`DELETE FROM message_text WHERE rowid = ${id}`)
  indexWords(db, id, facts)
}

function names(...lists: readonly (readonly Address[])[]): string {
  return searchable(
    lists
      .flat()
      .map(({ name, address }) => `${name} ${address}`)
      .join(' '),
  )
}
