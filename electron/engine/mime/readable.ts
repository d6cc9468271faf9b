import { headerValue } from './headers.ts'
import { decodeBody, partInfo, type PartInfo } from './parts.ts'
import type { MimeMessage, MimePart } from './parse-message.ts'
import { joinFlowed } from './flowed.ts'
import { htmlToText } from './html-to-text.ts'
import { splitUuencoded, type UuFile } from './uuencode.ts'
import { safeFileName, isDangerousFile } from './file-names.ts'

export interface Readable {
  /** What to show as plain text, flowed lines joined and quote marks kept; null when there is only HTML. */
  readonly text: string | null
  /** Decoded and otherwise untouched: not safe to show, `cid:` not replaced. */
  readonly html: string | null
  /** Everything that is not part of what is shown. */
  readonly attachments: readonly PartInfo[]
  /** Parts that the HTML shows by `cid:`, by content id without angle brackets. */
  readonly inline: ReadonlyMap<string, PartInfo>
}

const results = new WeakMap<MimeMessage, Readable>()

/** What a person sees of a message. Computed once per parsed message. */
export function readable(message: MimeMessage): Readable {
  const known = results.get(message)
  if (known) return known
  const result = read(message)
  results.set(message, result)
  return result
}

/** The files inside a plain-text part; they are numbered below it: '1.1', '1.2'. */
export function uuFilesOf(message: MimeMessage, part: MimePart): readonly UuFile[] {
  return splitUuencoded(decodeBody(message, part)).files
}

/** A piece of the shown body; an alternative may have both forms. */
interface Segment {
  readonly text: string | null
  readonly html: string | null
}

interface Collected {
  readonly message: MimeMessage
  readonly segments: Segment[]
  readonly attachments: PartInfo[]
}

function read(message: MimeMessage): Readable {
  const collected: Collected = { message, segments: [], attachments: [] }
  collect(message.root, collected)
  const html = joinHtml(collected.segments)
  const plain = joinText(collected.segments)
  // An empty alternative is a program's duty done, not a text.
  const text = html !== null && plain?.trim() === '' ? null : plain
  const used = html === null ? noIds : contentIdsIn(html)
  const inline = new Map<string, PartInfo>()
  const attachments = collected.attachments.filter((part) => {
    if (part.contentId === '' || !used.has(part.contentId)) return true
    inline.set(part.contentId, part)
    return false
  })
  return { text, html, attachments, inline }
}

const noIds: ReadonlySet<string> = new Set()

function collect(part: MimePart, into: Collected): void {
  if (part.type === 'multipart/alternative' && part.children.length > 0) collectAlternative(part, into)
  else if (part.children.length > 0) for (const child of part.children) collect(child, into)
  else if (isShown(part)) into.segments.push(bodySegment(part, into))
  else into.attachments.push(partInfo(into.message, part))
}

/** Of several forms of one thing, the last plain text and the last HTML are used; a meeting request stays a file. */
function collectAlternative(part: MimePart, into: Collected): void {
  let text: string | null = null
  let html: string | null = null
  const forms: Collected = { ...into, segments: [] }
  for (const child of part.children) {
    forms.segments.length = 0
    const isText = child.type.startsWith('text/') && child.type !== 'text/calendar'
    // Odd text forms (enriched, watch-html) say the same once more.
    if (isText && !isShown(child) && part.children.length > 1 && !isFile(child)) continue
    collect(child, forms)
    if (forms.segments.length === 0) continue
    const childText = joinText(forms.segments)
    const childHtml = joinHtml(forms.segments)
    if (childText !== null && (childHtml === null || text === null)) text = childText
    html = childHtml ?? html
  }
  into.segments.push({ text, html })
}

/** Shown in the body: plain text and HTML that were not sent as files, and structures that could not be read. */
function isShown(part: MimePart): boolean {
  if (part.type.startsWith('multipart/')) return true
  if (part.type === 'text/plain' || part.type === 'text/html') return !isFile(part)
  return part.path === '1' && part.type.startsWith('text/') && part.type !== 'text/calendar' && !isFile(part)
}

function isFile(part: MimePart): boolean {
  const disposition = headerValue(part.fields, 'content-disposition')
  return /^attachment\b/i.test(disposition) || (/filename/i.test(disposition) && !/^inline\b/i.test(disposition))
}

function bodySegment(part: MimePart, into: Collected): Segment {
  const body = decodeBody(into.message, part)
  if (part.type === 'text/html') return { text: null, html: body }
  const { text, files } = splitUuencoded(body)
  for (const [index, file] of files.entries()) into.attachments.push(uuInfo(part, index, file))
  if (part.params.get('format')?.toLowerCase() !== 'flowed')
    return { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, html: null }
  return { text: joinFlowed(text, part.params.get('delsp')?.toLowerCase() === 'yes'), html: null }
}

function uuInfo(part: MimePart, index: number, file: UuFile): PartInfo {
  const name = safeFileName(file.name)
  const path = `${part.path === '' ? '1' : part.path}.${index + 1}`
  return { path, name, type: 'application/octet-stream', size: file.bytes.length, contentId: '', isDangerous: isDangerousFile(name) }
}

function joinText(segments: readonly Segment[]): string | null {
  if (segments.length === 0) return ''
  if (segments.length === 1) return segments[0]?.text ?? null
  if (segments.every(({ text }) => text === null)) return null
  return segments
    .map(({ text, html }) => text ?? htmlToText(html ?? ''))
    .filter((text) => text.trim() !== '')
    .join('\n\n')
}

/** With HTML anywhere, plain pieces around it (a list's footer) are shown inside the HTML. */
function joinHtml(segments: readonly Segment[]): string | null {
  if (segments.length === 1) return segments[0]?.html ?? null
  if (segments.every(({ html }) => html === null)) return null
  return segments.map(({ text, html }) => html ?? textAsHtml(text ?? '')).join('\n')
}

function textAsHtml(text: string): string {
  if (text.trim() === '') return ''
  const escaped = text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
  return `<pre style="white-space: pre-wrap">${escaped}</pre>`
}

function contentIdsIn(html: string): Set<string> {
  const ids = new Set<string>()
  for (const match of html.matchAll(/cid:([^"'\s<>)\\]{1,1000})/gi)) {
    const id = (match[1] ?? '').replaceAll('&amp;', '&')
    ids.add(id)
    if (id.includes('%')) ids.add(percentDecoded(id))
  }
  return ids
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray percent sign: the id is meant as it stands.
    return text
  }
}
