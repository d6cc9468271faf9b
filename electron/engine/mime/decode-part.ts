import { partBytes, partInfo } from './parts.ts'
import type { MimeMessage, MimePart } from './parse-message.ts'
import { uuFilesOf } from './readable.ts'
import { safeFileName } from './file-names.ts'
import { decodeTransfer } from './transfer-encoding.ts'

export interface DecodedPart {
  readonly type: string
  /** Safe to use as a file name. */
  readonly name: string
  readonly bytes: Buffer
}

/** The bytes of one part by its path; undefined when the message has no such part. */
export function decodePart(message: MimeMessage, path: string): DecodedPart | undefined {
  const part = partAt(message.root, path)
  if (part?.children.length === 0) {
    const { type, name } = partInfo(message, part)
    return { type, name, bytes: decodeTransfer(partBytes(message, part), part.encoding) }
  }
  // Files inside a plain text are numbered below the text.
  const [, above, number] = /^(.+)\.(\d+)$/.exec(path) ?? []
  const text = above === undefined ? undefined : partAt(message.root, above)
  if (!text || text.children.length > 0) return undefined
  const file = uuFilesOf(message, text)[Number(number) - 1]
  return file && { type: 'application/octet-stream', name: safeFileName(file.name), bytes: file.bytes }
}

function partAt(root: MimePart, path: string): MimePart | undefined {
  if (root.path === path || (root.children.length === 0 && path === '1')) return root
  // A part's path begins with that of its parent, so that one child at most can lead further.
  let part: MimePart | undefined = root
  while (part && part.path !== path) {
    part = part.children.find((child) => path === child.path || path.startsWith(`${child.path}.`))
  }
  return part
}
