import type { SortKey, ViewRequest } from '../../../shared/domain/view.ts'
import { flagBits } from './flag-bits.ts'
import { parseSearch, type SearchCondition } from './search-query.ts'
import { join, type Query, sql } from './sql.ts'

/** A request for a list, as the pieces of SQL that answer it. All speak of `message AS m`. */
export interface ViewQuery {
  readonly request: ViewRequest
  /** Which messages are in the list, for reading all of them. */
  readonly where: Query
  /** The same for testing a few given messages. */
  readonly whereOfFew: Query
  /** What rows are ordered by first; the time of arrival and the id decide between equals, in the same direction. */
  readonly key: Query
  /** Given when words alone decide, in a list whose order an index has: ids of all messages with these words, whatever their folder. */
  readonly hits: Query | undefined
  /** The list without the words. */
  readonly whereWithoutWords: Query
  /** An index has the list in its order, so any stretch of it can be read without the rest. */
  readonly isIndexed: boolean
  readonly dependsOnFlags: boolean
  readonly dependsOnContent: boolean
}

const keys: Readonly<Record<SortKey, Query>> = {
  priority: sql`m.priority`,
  attachment: sql`m.has_attachment`,
  flag: sql`((m.flags & 8) <> 0)`,
  from: sql`m.author_key`,
  to: sql`m.recipients_key`,
  subject: sql`m.subject_key`,
  received: sql`m.received_at`,
  sent: sql`m.sent_at`,
  size: sql`m.size`,
  account: sql`ifnull((SELECT lower(name) FROM account WHERE id = m.account_id), '')`,
}

const conditions: Readonly<Record<SearchCondition, Query>> = {
  attachment: sql`m.has_attachment = 1`,
  unread: sql`(m.flags & ${flagBits.seen}) = 0`,
  flagged: sql`(m.flags & ${flagBits.flagged}) <> 0`,
}

export function toViewQuery(request: ViewRequest): ViewQuery {
  const search = parseSearch(request.search ?? '')
  const simple = search.conditions.map(({ field, wanted }) => (wanted ? conditions[field] : sql`NOT (${conditions[field]})`))
  // The words find fewer messages than the folder has: the plus keeps SQLite from walking through the folder instead.
  const folder = search.match === null ? sql`m.folder_id` : sql`+m.folder_id`
  if (request.hideDeleted) simple.push(sql`(m.flags & ${flagBits.deleted}) = 0`)
  if (request.folder !== null) simple.unshift(sql`${folder} = ${request.folder}`)
  const hasWordsOnly = search.match !== null && search.exclude === null && search.conditions.length === 0 && !request.hideDeleted
  const isSearch = search.match !== null || search.exclude !== null || search.conditions.length > 0
  return {
    request,
    where: all([...simple, ...matching(search.match, search.exclude, inAll)]),
    whereOfFew: all([...simple, ...matching(search.match, search.exclude, inOne)]),
    hits: hasWordsOnly && request.sort === 'received' ? wordHits(search.match) : undefined,
    whereWithoutWords: request.folder === null ? sql`TRUE` : sql`m.folder_id = ${request.folder}`,
    key: keys[request.sort],
    // How many are marked as deleted is not counted, and without a count no stretch can be found.
    isIndexed: request.sort === 'received' && !isSearch && !request.hideDeleted,
    dependsOnFlags:
      request.sort === 'flag' || request.hideDeleted === true || search.conditions.some(({ field }) => field !== 'attachment'),
    dependsOnContent: isSearch || !['received', 'flag', 'size'].includes(request.sort),
  }
}

function matching(match: string | null, exclude: string | null, inWords: (expression: string) => Query): Query[] {
  const wanted = match === null ? [] : [inWords(match)]
  return exclude === null ? wanted : [...wanted, sql`NOT ${inWords(exclude)}`]
}

function inAll(expression: string): Query {
  return sql`(m.id IN (${wordHits(expression)}))`
}

function wordHits(expression: string | null): Query {
  return sql`SELECT rowid AS id FROM message_text WHERE message_text MATCH ${expression}`
}

/** Asks the full-text index about one row, instead of reading all of its hits. */
function inOne(expression: string): Query {
  return sql`EXISTS (SELECT 1 FROM message_text WHERE message_text MATCH ${expression} AND rowid = m.id)`
}

function all(parts: readonly Query[]): Query {
  return parts.length === 0 ? sql`TRUE` : join(parts, ' AND ')
}
