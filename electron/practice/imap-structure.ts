// ENVELOPE and BODYSTRUCTURE (RFC 3501 7.4.2).
import { fieldOf, type ServedPart, structured } from './imap-mime.ts'
import { nstring, quoted } from './imap-syntax.ts'

export function envelope({ header }: ServedPart): string {
  const text = (name: string) => nstring(fieldOf(header, name))
  const from = fieldOf(header, 'From')
  const addresses = (name: string, otherwise?: string) => addressList(fieldOf(header, name) ?? otherwise)
  const people = [
    addresses('From'),
    addresses('Sender', from),
    addresses('Reply-To', from),
    addresses('To'),
    addresses('Cc'),
    addresses('Bcc'),
  ]
  return `(${[text('Date'), text('Subject'), ...people, text('In-Reply-To'), text('Message-ID')].join(' ')})`
}

function addressList(field: string | undefined): string {
  const entries = (field ?? '').match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? []
  const written = entries.map((entry) => entry.trim()).filter(Boolean)
  return written.length === 0 ? 'NIL' : `(${written.map(address).join('')})`
}

function address(entry: string): string {
  const [, name = '', inBrackets] = /^(.*?)\s*<([^>]*)>$/.exec(entry) ?? []
  // The old form: bob@example.org (Bob)
  const [, bare = entry, comment = ''] = /^(\S+)\s+\((.*)\)$/.exec(entry) ?? []
  const [mailbox = '', host = ''] = (inBrackets ?? bare).split('@')
  const shown = (name || comment).replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1')
  return `(${nstring(shown || undefined)} NIL ${nstring(mailbox)} ${nstring(host)})`
}

/** BODYSTRUCTURE, or BODY when not `extended`. */
export function bodyStructure(part: ServedPart, extended: boolean): string {
  if (part.parts.length > 0) return multipart(part, extended)
  const { header, body, type, subtype, params } = part
  const items = [
    quoted(type),
    quoted(subtype),
    paramList(type === 'text' && !params.some(([name]) => name === 'charset') ? [...params, ['charset', 'us-ascii']] : params),
    nstring(fieldOf(header, 'Content-ID')),
    nstring(fieldOf(header, 'Content-Description')),
    quoted((fieldOf(header, 'Content-Transfer-Encoding') ?? '7bit').toLowerCase()),
    String(body.length),
  ]
  if (part.message) items.push(envelope(part.message), bodyStructure(part.message, extended), lineCount(body))
  else if (type === 'text') items.push(lineCount(body))
  if (extended) items.push('NIL', disposition(header), 'NIL', 'NIL')
  return `(${items.join(' ')})`
}

function multipart({ header, subtype, params, parts }: ServedPart, extended: boolean): string {
  const items = [parts.map((part) => bodyStructure(part, extended)).join(''), quoted(subtype)]
  if (extended) items.push(paramList(params), disposition(header), 'NIL', 'NIL')
  return `(${items.join(' ')})`
}

function disposition(header: string): string {
  const field = fieldOf(header, 'Content-Disposition')
  if (field === undefined) return 'NIL'
  const { value, params } = structured(field)
  return `(${quoted(value)} ${paramList(params)})`
}

function paramList(params: readonly (readonly [string, string])[]): string {
  return params.length === 0 ? 'NIL' : `(${params.map(([name, value]) => `${quoted(name)} ${nstring(value)}`).join(' ')})`
}

function lineCount(body: string): string {
  return String(body.split('\n').length - 1)
}
