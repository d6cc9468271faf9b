// A large message without its attachments: header and texts only, put together so that it reads like the whole one.
import type { MessageStructureObject as BodyStructure } from 'imapflow'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { OpenFolder } from './open-folder.ts'

export interface PartialMessage {
  /** Header and texts byte for byte; every other part has its header and no body. */
  readonly raw: Buffer
  /** The parts that were left out, numbered as IMAP does, with about as many bytes as they have once decoded. */
  readonly absent: ReadonlyMap<string, number>
}

/** What may be left out must be worth two more round trips. */
const worthBytes = 150_000
/** A structure of more parts than this is odd: such messages come whole. */
const mostParts = 40
const textBytes = 400_000

/** undefined: all of it must be fetched, since nothing large can be left out. Throws `message-missing`. */
export async function fetchTextFirst(folder: OpenFolder, uid: number): Promise<PartialMessage | undefined> {
  const action = 'read a message'
  const { path } = folder.get(action)
  const fetchOne = (query: object) =>
    folder.connection.run({ action, path }, (client) => client.fetchOne(String(uid), { uid: true, ...query }, { uid: true }))
  const known = await fetchOne({ bodyStructure: true, headers: true })
  if (!known) throw folder.connection.fail(new MailError('message-missing', 'The server has no such message.'), { action, path })
  const { bodyStructure, headers } = known
  const leaves = bodyStructure ? choose(bodyStructure) : undefined
  if (!bodyStructure || !headers || !leaves) return undefined
  const wanted = [...nodesBelow(bodyStructure).map((node) => `${node.part}.mime`), ...leaves.texts.map((leaf) => leaf.part ?? '')]
  const found = await fetchOne({ bodyParts: wanted })
  const parts = (found && found.bodyParts) || new Map<string, Buffer>()
  const raw = putTogether(bodyStructure, headers, new Map([...parts].map(([name, bytes]) => [name.toLowerCase(), bytes])))
  return raw && { raw, absent: new Map(leaves.others.map((leaf) => [leaf.part ?? '', decodedSize(leaf)])) }
}

interface Leaves {
  readonly texts: readonly BodyStructure[]
  readonly others: readonly BodyStructure[]
}

function choose(root: BodyStructure): Leaves | undefined {
  const nodes = nodesBelow(root)
  if (!root.childNodes || nodes.length > mostParts || nodes.some((node) => !node.part)) return undefined
  const leaves = nodes.filter((node) => !isMultipart(node))
  const texts = leaves.filter(isText)
  const others = leaves.filter((leaf) => !isText(leaf))
  const leftOut = others.reduce((sum, { size = 0 }) => sum + size, 0)
  return leftOut >= worthBytes ? { texts, others } : undefined
}

function isText({ type, disposition, size = 0 }: BodyStructure): boolean {
  return type.startsWith('text/') && disposition?.toLowerCase() !== 'attachment' && size <= textBytes
}

/** An attached message has parts of its own; for us it is one attachment. */
function isMultipart({ type, childNodes }: BodyStructure): boolean {
  return type.startsWith('multipart/') && childNodes !== undefined
}

function nodesBelow(node: BodyStructure): BodyStructure[] {
  if (!isMultipart(node)) return []
  return (node.childNodes ?? []).flatMap((child) => [child, ...nodesBelow(child)])
}

/** undefined: a piece is missing that all the others hang on. */
function putTogether(root: BodyStructure, header: Buffer, parts: ReadonlyMap<string, Buffer>): Buffer | undefined {
  const pieces: Buffer[] = [header]
  let isWhole = true
  const addChildren = (node: BodyStructure) => {
    const boundary = node.parameters?.boundary
    if (boundary === undefined) isWhole = false
    for (const child of node.childNodes ?? []) {
      const mime = parts.get(`${child.part}.mime`)
      if (!mime) isWhole = false
      pieces.push(Buffer.from(`\r\n--${boundary}\r\n`, 'latin1'), mime ?? Buffer.alloc(0))
      if (isMultipart(child)) addChildren(child)
      else pieces.push(parts.get(child.part ?? '') ?? Buffer.alloc(0))
    }
    pieces.push(Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1'))
  }
  addChildren(root)
  return isWhole ? Buffer.concat(pieces) : undefined
}

/** Base64 has four characters, and two of 78 for the line, for three bytes. */
function decodedSize({ encoding, size = 0 }: BodyStructure): number {
  return encoding?.toLowerCase() === 'base64' ? Math.round((size * 57) / 78) : size
}
