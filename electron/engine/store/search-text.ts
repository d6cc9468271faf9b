const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/gu
/** Cheaper than the above, and true for all of its characters. */
const mayBeUnspaced = /[\u1100-\u{3ffff}]/u

/**
 * Text as the index splits it into words. Chinese, Japanese and Korean have no spaces to split at, so each of
 * their characters becomes a word; a query does the same and asks for the phrase.
 */
export function searchable(text: string): string {
  return mayBeUnspaced.test(text) ? text.replace(unspaced, ' $& ') : text
}

/** Whether the index would find a word in it at all: punctuation alone has none (unicode61: letters, numbers, private use). */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}\p{Co}]/u.test(text)
}
