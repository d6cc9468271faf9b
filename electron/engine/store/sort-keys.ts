/** Enough to order by; a list of a thousand recipients need not be stored twice. */
const longestKey = 120

/** "RE: Aw: Fwd[2]: News" sorts as "news". Prefixes that mail programs put there, in the languages that translate them. */
const prefixes = /^(?:\s*(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv|enc|odp|pd|ref|res|r|i)\s*(?:\[\d+\]|\(\d+\))?\s*[:：])+\s*/iu

/** Text as it is ordered: without case, accents and leading marks. */
export function sortKey(text: string): string {
  const start = text.slice(0, longestKey * 2).trim()
  const folded = isAscii(start) ? start : start.normalize('NFKD').replace(/\p{M}+/gu, '')
  return folded
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, longestKey)
}

export function subjectKey(subject: string): string {
  return sortKey(subject.replace(prefixes, ''))
}

/** The order in which SQLite compares text: by code point, where JavaScript compares UTF-16 units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the whole range is meant
  return /^[\u0000-\u007f]*$/.test(text)
}
