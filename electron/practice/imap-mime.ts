// The structure of a message as FETCH needs it. Not the engine's parser: a server that shared it would share its mistakes.

export interface ServedPart {
  /** With the empty line at its end; one character per byte, as everything here. */
  readonly header: string
  readonly body: string
  readonly type: string
  readonly subtype: string
  readonly params: readonly (readonly [string, string])[]
  /** The parts of a multipart. */
  readonly parts: readonly ServedPart[]
  /** What a message/rfc822 holds. */
  readonly message: ServedPart | undefined
}

export function readPart(text: string, defaultType = 'text/plain'): ServedPart {
  const { header, body } = splitHeader(text)
  const { value, params } = structured(fieldOf(header, 'Content-Type') ?? defaultType)
  const [type = 'text', subtype = 'plain'] = value.split('/')
  const boundary = type === 'multipart' ? params.find(([name]) => name === 'boundary')?.[1] : undefined
  const inner = subtype === 'digest' ? 'message/rfc822' : 'text/plain'
  return {
    header,
    body,
    type,
    subtype,
    params,
    parts: boundary === undefined ? [] : split(body, boundary).map((part) => readPart(part, inner)),
    message: `${type}/${subtype}` === 'message/rfc822' ? readPart(body) : undefined,
  }
}

function splitHeader(text: string): { header: string; body: string } {
  const empty = /^\r?\n/.exec(text) ?? /\r?\n\r?\n/.exec(text)
  const end = empty ? empty.index + empty[0].length : text.length
  return { header: text.slice(0, end), body: text.slice(end) }
}

function split(body: string, boundary: string): readonly string[] {
  const escaped = boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${escaped}(--)?[ \\t]*(?:\\r?\\n|$)`, 'g')
  const parts: string[] = []
  let start: number | undefined
  for (let match = delimiter.exec(body); match; match = delimiter.exec(body)) {
    if (start !== undefined) parts.push(body.slice(start, match.index))
    start = match[1] ? undefined : delimiter.lastIndex
    // The line break behind one delimiter may be the one in front of the next.
    if (match[0].endsWith('\n')) delimiter.lastIndex -= match[0].endsWith('\r\n') ? 2 : 1
  }
  if (start !== undefined) parts.push(body.slice(start))
  return parts
}

/** Fields as they stand, each with its folded lines. */
export function rawFields(header: string): readonly { readonly name: string; readonly raw: string }[] {
  const fields = header.match(/^[^\s:]+[ \t]*:.*(?:\r?\n[ \t].*)*(?:\r?\n|$)/gm) ?? []
  return fields.map((raw) => ({ name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase(), raw }))
}

/** The unfolded value; undefined when there is no such field. */
export function fieldOf(header: string, name: string): string | undefined {
  const field = rawFields(header).find((candidate) => candidate.name === name.toLowerCase())
  return field?.raw
    .slice(field.raw.indexOf(':') + 1)
    .replace(/\r?\n[ \t]/g, ' ')
    .trim()
}

export function structured(field: string): { readonly value: string; readonly params: readonly (readonly [string, string])[] } {
  const pattern = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g
  const params = [...field.matchAll(pattern)].map(
    ([, name = '', inQuotes, bare = '']) => [name.toLowerCase(), inQuotes?.replace(/\\(.)/g, '$1') ?? bare] as const,
  )
  return { value: (field.split(';')[0] ?? '').trim().toLowerCase(), params }
}

/** The part that a number such as `2.1` names (RFC 3501 6.4.5). */
export function findPart(root: ServedPart, number: string): ServedPart | undefined {
  let part: ServedPart | undefined = root
  for (const [index, position] of number.split('.').map(Number).entries()) {
    const holder: ServedPart | undefined = index === 0 ? part : (part?.message ?? part)
    if (!holder) return undefined
    part = holder.parts.length > 0 ? holder.parts[position - 1] : position === 1 ? holder : undefined
  }
  return part
}
