import type { FlagName, Flags } from '../../../../shared/domain/message.ts'

/** $Forwarded is a registered keyword, not a system flag: a server may refuse to keep it. */
const serverNames: Readonly<Record<FlagName, string>> = {
  seen: '\\Seen',
  answered: '\\Answered',
  forwarded: '$Forwarded',
  flagged: '\\Flagged',
  draft: '\\Draft',
  deleted: '\\Deleted',
}

export function flagsFromServer(listed: Iterable<string>): Flags {
  // Flags are case-insensitive (RFC 3501 9), and servers do differ.
  const present = new Set([...listed].map((flag) => flag.toLowerCase()))
  const has = (name: FlagName) => present.has(serverNames[name].toLowerCase())
  return {
    seen: has('seen'),
    answered: has('answered'),
    forwarded: has('forwarded'),
    flagged: has('flagged'),
    draft: has('draft'),
    deleted: has('deleted'),
  }
}

/** Names as they go to the server. */
export function flagsForServer(names: readonly FlagName[]): string[] {
  return names.map((name) => serverNames[name])
}

/** Whether a folder with these PERMANENTFLAGS keeps the flag. */
export function canKeep(permanentFlags: ReadonlySet<string>, name: FlagName): boolean {
  const wanted = serverNames[name].toLowerCase()
  const isKeyword = !wanted.startsWith('\\')
  return [...permanentFlags].some((flag) => flag.toLowerCase() === wanted || (isKeyword && flag === '\\*'))
}
