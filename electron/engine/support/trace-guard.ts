/** Commands whose arguments hold a secret, with how many of them may be shown: a mechanism's name, or APOP's user. */
const secretCommands: ReadonlyMap<string, number> = new Map([
  ['PASS', 0],
  ['LOGIN', 0],
  ['APOP', 1],
  ['AUTH', 1],
  ['AUTHENTICATE', 1],
])

/**
 * Takes what was said while logging on out of protocol lines (`C: ...`, `S: ...`), by the grammar of POP3, IMAP and SMTP and not by
 * what secrets look like. One for each connection. The sessions hide secrets themselves; this is the second lock on the same door.
 */
export function traceGuard(write: (line: string) => void): (line: string) => void {
  let isLoggingOn = false
  return (line) => {
    const text = line.slice(3)
    if (line.startsWith('C: ')) {
      const shown = isLoggingOn ? '***' : withoutSecret(text)
      isLoggingOn = shown !== undefined
      write(shown === undefined ? line : `C: ${shown}`)
      return
    }
    const challenge = isLoggingOn ? /^(\+(?!OK\b)|334\b)/i.exec(text) : null
    // Untagged IMAP answers (`* CAPABILITY`) may come before the end of the log-on; any other line ends it.
    if (!challenge && !text.startsWith('* ')) isLoggingOn = false
    write(challenge ? `S: ${challenge[0]} ***` : line)
  }
}

/** undefined: this command carries no secret. */
function withoutSecret(command: string): string | undefined {
  const words = command.split(' ')
  // IMAP puts a tag before the verb.
  const verb = words.slice(0, 2).findIndex((word) => secretCommands.has(word.toUpperCase()))
  if (verb < 0) return undefined
  const shown = secretCommands.get(words[verb]?.toUpperCase() ?? '') ?? 0
  return `${words.slice(0, verb + 1 + shown).join(' ')} ***`
}
