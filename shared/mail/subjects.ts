/**
 * Prefixes that mail programs put before a subject when answering or passing on, in the languages that
 * stacked them most: Re, Aw, Sv, Antw, Vs, Odp, R, Fwd, Fw, Wg, Tr, Doorst, Vb, Rv, Enc; `Re[2]:` and `Re(2):` count as well.
 */
const prefix = /^\s*(?:re|aw|sv|antw|vs|odp|r|fwd?|wg|tr|doorst|vb|rv|enc|rif|i)\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4})?\s*[:：]\s*/i
const replyPrefix = /^\s*(?:re|aw|sv|antw|vs|odp|r|rif)\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4})?\s*[:：]\s*/i

/** The subject without reply and forward prefixes: what replies are sorted and grouped by. */
export function baseSubject(subject: string): string {
  return strip(subject, prefix)
}

export function replySubject(subject: string): string {
  return `Re: ${strip(subject, replyPrefix)}`.trimEnd()
}

export function forwardSubject(subject: string): string {
  return `Fw: ${strip(subject, /^\s*(?:fwd?|wg)\s*[:：]\s*/i)}`.trimEnd()
}

function strip(subject: string, pattern: RegExp): string {
  let rest = subject
  // A stack of more than twenty prefixes is no longer talk but an attack on our patience.
  for (let i = 0; i < 20; i++) {
    const shorter = rest.replace(pattern, '')
    if (shorter === rest) break
    rest = shorter
  }
  return rest.trim()
}
