import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import type { DraftAttachment } from '../../../shared/domain/draft.ts'

/** As the contract has it: at most 512 KiB in one piece. */
const pieceSize = 512 * 1024

/** Hands a file to the engine piece by piece, so that neither side ever holds more than one of them as text. */
export async function uploadFile(
  engine: EngineClient,
  file: File,
  { onMoved, signal }: { readonly onMoved: (done: number) => void; readonly signal: AbortSignal },
): Promise<DraftAttachment> {
  let upload: string | null = null
  let from = 0
  do {
    const piece = new Uint8Array(await file.slice(from, from + pieceSize).arrayBuffer())
    const answer: { readonly upload: string } = await engine.call('compose.upload', { upload, base64: toBase64(piece) }, signal)
    upload = answer.upload
    from += pieceSize
    onMoved(Math.min(from, file.size))
  } while (from < file.size)
  return { name: attachmentName(file.name), type: mediaType(file.type), size: file.size, source: { kind: 'upload', upload } }
}

/** A name that fits into a header: one line, no folders, never empty. */
export function attachmentName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
  const clean = name
    .replace(/[\u0000-\u001f\u007f]/g, ' ')
    .replace(/^.*[/\\]/, '')
    .trim()
  return clean.slice(0, 255) || 'attachment'
}

/** The type without its parameters; what the system does not know is plain bytes. */
export function mediaType(type: string): string {
  const bare = type.split(';')[0]?.trim() ?? ''
  return /^[\w.+-]+\/[\w.+-]+$/.test(bare) ? bare : 'application/octet-stream'
}

export function toBase64(bytes: Uint8Array): string {
  // A call takes only so many arguments; the length is divisible by 3 so that pieces can be joined.
  const step = 3 * 8192
  let text = ''
  for (let at = 0; at < bytes.length; at += step) text += btoa(String.fromCharCode(...bytes.subarray(at, at + step)))
  return text
}
