export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }

/** Lines that are quoted equally deep; 0: the writer's own. */
export interface TextBlock {
  readonly depth: number
  readonly lines: readonly (readonly Piece[])[]
}

/** Plain text as blocks of equal quoting, with links found. The quote marks themselves are left out: colour and a bar stand for them. */
export function textBlocks(text: string): readonly TextBlock[] {
  const blocks: { depth: number; lines: (readonly Piece[])[] }[] = []
  for (const raw of text.replaceAll('\r\n', '\n').trimEnd().split('\n')) {
    const { depth, rest } = quoteDepth(raw)
    const last = blocks.at(-1)
    const pieces = findLinks(rest)
    if (last?.depth === depth) last.lines.push(pieces)
    else blocks.push({ depth, lines: [pieces] })
  }
  return blocks
}

/** `> > text` and `>> text` are both two deep. mbox writers put one > before From: that is no quote. */
function quoteDepth(line: string): { readonly depth: number; readonly rest: string } {
  if (line.startsWith('>From ')) return { depth: 0, rest: line.slice(1) }
  const marks = /^(?:> ?)+/.exec(line)?.[0] ?? ''
  return { depth: marks.replaceAll(' ', '').length, rest: line.slice(marks.length) }
}

const linkPattern = /\b(?:https?:\/\/|mailto:|www\.(?=\w))[^\s<>"'`\u2018\u201c\u201d]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu

function findLinks(line: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of line.matchAll(linkPattern)) {
    const text = withoutTail(match[0])
    if (match.index > end) pieces.push({ kind: 'text', text: line.slice(end, match.index) })
    pieces.push({ kind: 'link', text, url: urlOf(text) })
    end = match.index + text.length
  }
  if (end < line.length || pieces.length === 0) pieces.push({ kind: 'text', text: line.slice(end) })
  return pieces
}

/** A full stop or a bracket after a link belongs to the sentence, unless the bracket was opened inside the link. */
function withoutTail(link: string): string {
  let text = link
  for (;;) {
    const last = text.at(-1) ?? ''
    const isOpenInside = (last === ')' && text.includes('(')) || (last === ']' && text.includes('['))
    if (!/[.,;:!?)\]}]/.test(last) || isOpenInside) return text
    text = text.slice(0, -1)
  }
}

function urlOf(text: string): string {
  if (/^(?:https?:|mailto:)/i.test(text)) return text
  return text.toLowerCase().startsWith('www.') ? `https://${text}` : `mailto:${text}`
}
