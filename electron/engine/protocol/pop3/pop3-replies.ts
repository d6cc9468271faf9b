// Reads what POP3 servers answer. Tolerant: several spaces, spaces at the end, and lines that make no sense are left out.

export type Pop3Capabilities = ReadonlyMap<string, readonly string[]>

/** Names and mechanisms in upper case: servers differ, and they are compared. */
export function readCapabilities(body: Buffer): Pop3Capabilities {
  return new Map(
    linesOf(body).map((line) => {
      const [name = '', ...parameters] = line.toUpperCase().split(/\s+/)
      return [name, parameters]
    }),
  )
}

export function readStat(line: string): { readonly count: number; readonly bytes: number } | undefined {
  const [, count, bytes] = /^\S+\s+(\d+)\s+(\d+)/.exec(line) ?? []
  return count === undefined ? undefined : { count: Number(count), bytes: Number(bytes) }
}

export function readList(body: Buffer): readonly { readonly number: number; readonly size: number }[] {
  return numberedLines(body).flatMap(({ number, rest }) => (/^\d+/.test(rest) ? [{ number, size: Number.parseInt(rest, 10) }] : []))
}

/** RFC 1939 allows no space within a uidl. Where a server puts one nevertheless, it counts: cut off, two messages could look like one. */
export function readUidl(body: Buffer): readonly { readonly number: number; readonly uidl: string }[] {
  return numberedLines(body).map(({ number, rest }) => ({ number, uidl: rest }))
}

function numberedLines(body: Buffer): readonly { readonly number: number; readonly rest: string }[] {
  return linesOf(body).flatMap((line) => {
    const [, number = '0', rest = ''] = /^(\d{1,15})\s+(\S.*)$/.exec(line) ?? []
    return Number(number) > 0 ? [{ number: Number(number), rest }] : []
  })
}

/** Latin-1, so that a uidl with any bytes in it stays distinct from others. */
function linesOf(body: Buffer): readonly string[] {
  return body
    .toString('latin1')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
}
