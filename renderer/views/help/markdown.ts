// As much of Markdown as the manual uses. What comes out is data, never markup: nothing in a text can become a script.

export type Inline =
  | { readonly kind: 'text' | 'strong' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: readonly Inline[]; readonly id: string }
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'table'; readonly head: readonly (readonly Inline[])[]; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'code'; readonly text: string }

export function parseMarkdown(source: string): readonly Block[] {
  const lines = source.split(/\r?\n/)
  const blocks: Block[] = []
  while (lines.length > 0) {
    const first = lines[0] ?? ''
    if (first.trim() === '') lines.shift()
    else if (first.startsWith('```')) blocks.push(code(lines))
    else if (/^#{1,6} /.test(first)) blocks.push(heading(lines.shift() ?? ''))
    else if (first.startsWith('|')) blocks.push(table(lines))
    else if (item.test(first)) blocks.push(list(lines))
    else blocks.push({ kind: 'paragraph', text: inline(joined(take(lines, (line) => line.trim() !== '' && !startsBlock(line)))) })
  }
  return blocks
}

/** The id of a heading, as links name it: "What stays on the server (POP3)" is `what-stays-on-the-server-pop3`. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .trim()
    .replaceAll(' ', '-')
}

const item = /^(?:[-*]|\d+\.) /
const startsBlock = (line: string) => line.startsWith('```') || /^#{1,6} /.test(line) || line.startsWith('|') || item.test(line)
const joined = (lines: readonly string[]) => lines.map((line) => line.trim()).join(' ')

/** Takes lines off the front for as long as they belong; always at least one, so that every round gets on. */
function take(lines: string[], belongs: (line: string) => boolean): readonly string[] {
  const taken = lines.splice(0, 1)
  while (lines.length > 0 && belongs(lines[0] ?? '')) taken.push(lines.shift() ?? '')
  return taken
}

function code(lines: string[]): Block {
  lines.shift()
  const text: string[] = []
  while (lines.length > 0 && !lines[0]?.startsWith('```')) text.push(lines.shift() ?? '')
  lines.shift()
  return { kind: 'code', text: text.join('\n') }
}

function heading(line: string): Block {
  const level = /^#+/.exec(line)?.[0].length ?? 1
  const text = line.slice(level).trim()
  return { kind: 'heading', level, text: inline(text), id: headingId(text) }
}

function list(lines: string[]): Block {
  const isOrdered = /^\d/.test(lines[0] ?? '')
  const items: string[] = []
  while (lines.length > 0 && item.test(lines[0] ?? '')) {
    const whole = joined(take(lines, (line) => /^\s+\S/.test(line)))
    items.push(whole.replace(item, ''))
  }
  return { kind: 'list', isOrdered, items: items.map(inline) }
}

function table(lines: string[]): Block {
  const rows = take(lines, (line) => line.startsWith('|')).map((line) =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  )
  const [head = [], , ...rest] = rows
  return { kind: 'table', head: head.map(inline), rows: rest.map((row) => row.map(inline)) }
}

function inline(text: string): readonly Inline[] {
  const parts: Inline[] = []
  let at = 0
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
    const [whole, literal, strong, label, href] = match
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) })
    if (literal !== undefined) parts.push({ kind: 'code', text: literal })
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong })
    else parts.push({ kind: 'link', text: label ?? '', href: href ?? '' })
    at = match.index + whole.length
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return parts
}
