// Answers for which the library has no reader of its own, as its parser hands them over.
import type { ListedFolder } from './imap-client.ts'
import { decodeFolderName } from './modified-utf7.ts'

interface Token {
  readonly value?: unknown
}

type Attribute = Token | null | readonly Attribute[]

/** A quoted string (RFC 3501 9). Line ends, which it can't hold, are left out: no folder has them. */
export function quoted(text: string): string {
  return `"${text.replace(/[\r\n\0]/g, '').replace(/["\\]/g, '\\$&')}"`
}

/** undefined: it can't be read. */
export function readStatus(line: unknown, isUtf8: boolean): ListedFolder['status'] {
  const [name, list] = attributesOf(line)
  const path = textOf(name)
  if (path === undefined || !Array.isArray(list)) return undefined
  const values = new Map<string, string>()
  for (let at = 0; at + 1 < list.length; at += 2) values.set((textOf(list[at]) ?? '').toUpperCase(), textOf(list[at + 1]) ?? '')
  const number = (item: string) => (/^\d{1,10}$/.test(values.get(item) ?? '') ? Number(values.get(item)) : undefined)
  const big = (item: string) => (/^\d{1,20}$/.test(values.get(item) ?? '') ? BigInt(values.get(item) ?? '0') : undefined)
  return {
    path: isUtf8 ? path : decodeFolderName(path),
    messages: number('MESSAGES'),
    unseen: number('UNSEEN'),
    uidNext: number('UIDNEXT'),
    uidValidity: big('UIDVALIDITY'),
    highestModseq: big('HIGHESTMODSEQ'),
  }
}

/** Folder and the first value of METADATA (RFC 5464 4.4.1). */
export function readMetadata(line: unknown): readonly [string | undefined, string | undefined] {
  const [name, list] = attributesOf(line)
  if (!Array.isArray(list)) return [undefined, undefined]
  const value = list
    .filter((_, index) => index % 2 === 1)
    .map(textOf)
    .find((text) => text !== undefined && text !== '')
  return [textOf(name), value]
}

function attributesOf(line: unknown): readonly Attribute[] {
  const { attributes } = (line ?? {}) as { readonly attributes?: readonly Attribute[] }
  return attributes ?? []
}

function textOf(attribute: Attribute | undefined): string | undefined {
  const { value } = (attribute ?? {}) as Token
  if (typeof value === 'string') return value
  return Buffer.isBuffer(value) ? value.toString('utf8') : undefined
}
