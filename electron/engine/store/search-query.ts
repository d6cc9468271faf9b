import { hasWords, searchable } from './search-text.ts'

export type SearchCondition = 'attachment' | 'unread' | 'flagged'

/** What was typed into the search box, ready for FTS5. Nothing at all wanted: everything matches. */
export interface SearchQuery {
  /** FTS5 expression that a message must match; null: any message does. */
  readonly match: string | null
  /** FTS5 expression that it must not match; null: none. */
  readonly exclude: string | null
  readonly conditions: readonly { readonly field: SearchCondition; readonly wanted: boolean }[]
}

interface Term {
  readonly isExcluded: boolean
  readonly key: string
  readonly text: string
  readonly isPhrase: boolean
}

/** More words than anybody types; a pasted page must not become a query of ten thousand. */
const mostTerms = 50
/** A word of this length already matches the beginning of longer ones; shorter ones only while they are being typed. */
const prefixLength = 3

const term = /(-?)(?:(from|to|subject|has|is):)?(?:"([^"]*)"?|([^\s"]+))/giu
const columns: Readonly<Record<string, string>> = { from: 'sender', to: 'recipients', subject: 'subject' }
const conditions: Readonly<Record<string, SearchCondition>> = {
  'has:attachment': 'attachment',
  'is:unread': 'unread',
  'is:flagged': 'flagged',
}

/**
 * words, "phrases", from: to: subject:, has:attachment, is:unread, is:flagged, and - for "without".
 * Whatever is typed has a meaning: what can't be understood is looked for as words, what has no word in it is left out.
 */
export function parseSearch(text: string): SearchQuery {
  const terms = readTerms(text)
  const conditionsFound = terms.flatMap((found) => {
    const field = conditionOf(found)
    return field === undefined ? [] : [{ field, wanted: !found.isExcluded }]
  })
  const last = terms.at(-1)
  const expressions = terms
    .filter((found) => conditionOf(found) === undefined && hasWords(found.text))
    .map((found) => ({ isExcluded: found.isExcluded, expression: toExpression(found, found === last) }))
  return {
    match: joined(
      expressions.filter((found) => !found.isExcluded).map((found) => found.expression),
      ' AND ',
    ),
    exclude: joined(
      expressions.filter((found) => found.isExcluded).map((found) => found.expression),
      ' OR ',
    ),
    conditions: conditionsFound,
  }
}

function readTerms(text: string): Term[] {
  // FTS5 reads a query as a C string: a NUL would end it.
  const clean = text.replace(/\p{Cc}/gu, ' ')
  return [...clean.matchAll(term)].slice(0, mostTerms).flatMap(([, minus, key = '', phrase, word = '']) => {
    // "from:" with nothing behind it yet is somebody in the middle of typing.
    if (phrase === undefined && /^(?:from|to|subject|has|is):$/i.test(word)) return []
    return { isExcluded: minus === '-', key: key.toLowerCase(), text: phrase ?? word, isPhrase: phrase !== undefined }
  })
}

function conditionOf({ key, text }: Term): SearchCondition | undefined {
  return conditions[`${key}:${text.toLowerCase()}`]
}

function toExpression({ key, text, isPhrase }: Term, isLast: boolean): string {
  const column = columns[key]
  // `has:wings` is no condition that we know, so its two words are looked for.
  const words = column === undefined && key !== '' ? `${key} ${text}` : text
  const isPrefix = !isPhrase && (isLast || Array.from(text).length >= prefixLength)
  const quoted = `"${searchable(words).replaceAll('"', '""').trim()}"${isPrefix ? ' *' : ''}`
  return column === undefined ? quoted : `${column} : ${quoted}`
}

function joined(expressions: readonly string[], operator: string): string | null {
  return expressions.length === 0 ? null : expressions.map((expression) => `(${expression})`).join(operator)
}
