// The three messages of NTLM as bytes (MS-NLMP 2.2.1). All numbers are little-endian, all text is UTF-16LE.
import { MailError } from '../../../../shared/errors/mail-error.ts'

/** MS-NLMP 2.2.2.5. */
export const ntlmFlags = {
  unicode: 0x1,
  requestTarget: 0x4,
  ntlm: 0x200,
  alwaysSign: 0x8000,
  extendedSessionSecurity: 0x80000,
  targetInfo: 0x800000,
  version: 0x2000000,
  key128: 0x20000000,
  key56: 0x80000000,
} as const

/** MS-NLMP 2.2.2.1. */
export const avIds = { end: 0, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const

export interface AvPair {
  readonly id: number
  readonly value: Buffer
}

export interface NtlmChallenge {
  readonly flags: number
  /** 8 bytes. */
  readonly serverChallenge: Buffer
  /** Without the end mark. */
  readonly targetInfo: readonly AvPair[]
}

export interface NtlmResponse {
  readonly domain: string
  readonly user: string
  readonly ntResponse: Buffer
  /** As negotiated. */
  readonly flags: number
}

const signature = Buffer.from('NTLMSSP\0', 'latin1')
/** Windows' own is about 300 bytes; our answer repeats the target info, and its length has to fit in 16 bits. */
const mostChallengeBytes = 8192
/** Up to and including the MIC. */
const responseHeaderBytes = 88
const micAt = 72

const offered =
  ntlmFlags.unicode |
  ntlmFlags.requestTarget |
  ntlmFlags.ntlm |
  ntlmFlags.alwaysSign |
  ntlmFlags.extendedSessionSecurity |
  ntlmFlags.version |
  ntlmFlags.key128 |
  ntlmFlags.key56

/** Without it some servers look for the MIC in the wrong place. Only the last byte, the revision of NTLM, means anything. */
const version = Buffer.from([10, 0, 0, 0, 0, 0, 0, 15])

/** Type 1: what we can do. Tells nothing about the user or this computer. */
export function writeNegotiate(): Buffer {
  const message = Buffer.alloc(40)
  signature.copy(message)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(offered >>> 0, 12)
  // Empty domain and workstation, which lie behind the end.
  message.writeUInt32LE(message.length, 20)
  message.writeUInt32LE(message.length, 28)
  version.copy(message, 32)
  return message
}

/** Type 2, from a server that may be hostile. */
export function readChallenge(message: Buffer): NtlmChallenge {
  if (message.length < 32 || message.length > mostChallengeBytes || !message.subarray(0, 8).equals(signature)) throw badChallenge()
  if (message.readUInt32LE(8) !== 2) throw badChallenge()
  const flags = message.readUInt32LE(20)
  if (!(flags & ntlmFlags.unicode)) {
    // The code page that the server would take instead is known to nobody.
    throw new MailError('sign-in-unsupported', 'The server can do NTLM only without Unicode.')
  }
  const targetInfo = flags & ntlmFlags.targetInfo ? readPairs(fieldAt(message, 40)) : []
  return { flags, serverChallenge: message.subarray(24, 32), targetInfo }
}

/** Type 3, with zeros where the MIC belongs. There is no LM response in it: that would be easy to break. */
export function writeAuthenticate({ domain, user, ntResponse, flags }: NtlmResponse): Buffer {
  const header = Buffer.alloc(responseHeaderBytes)
  signature.copy(header)
  header.writeUInt32LE(3, 8)
  header.writeUInt32LE((flags & (offered | ntlmFlags.targetInfo)) >>> 0, 60)
  version.copy(header, 64)
  const empty = Buffer.alloc(0)
  // Each with the place of its description in the header; the order is that of Windows.
  const fields = [
    { at: 28, bytes: utf16(domain) },
    { at: 36, bytes: utf16(user) },
    { at: 44, bytes: empty },
    { at: 12, bytes: Buffer.alloc(24) },
    { at: 20, bytes: ntResponse },
    { at: 52, bytes: empty },
  ]
  let offset = header.length
  for (const { at, bytes } of fields) {
    if (bytes.length > 0xffff) throw new MailError('bad-input', 'The account name is too long.')
    header.writeUInt16LE(bytes.length, at)
    header.writeUInt16LE(bytes.length, at + 2)
    header.writeUInt32LE(offset, at + 4)
    offset += bytes.length
  }
  return Buffer.concat([header, ...fields.map(({ bytes }) => bytes)])
}

/** `mic` has 16 bytes. */
export function withMic(authenticate: Buffer, mic: Buffer): Buffer {
  const message = Buffer.from(authenticate)
  mic.copy(message, micAt)
  return message
}

/** With the end mark. */
export function writePairs(pairs: readonly AvPair[]): Buffer {
  return Buffer.concat([...pairs, { id: avIds.end, value: Buffer.alloc(0) }].flatMap(({ id, value }) => [pairHeader(id, value), value]))
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le')
}

function pairHeader(id: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt16LE(id, 0)
  header.writeUInt16LE(value.length, 2)
  return header
}

function readPairs(bytes: Buffer): readonly AvPair[] {
  const pairs: AvPair[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw badChallenge()
    const id = bytes.readUInt16LE(at)
    const end = at + 4 + bytes.readUInt16LE(at + 2)
    if (id === avIds.end) break
    if (end > bytes.length || pairs.some((pair) => pair.id === id)) throw badChallenge()
    pairs.push({ id, value: bytes.subarray(at + 4, end) })
    at = end
  }
  return pairs
}

/** What the length and offset at this place of the header point to. */
function fieldAt(message: Buffer, at: number): Buffer {
  if (message.length < at + 8) throw badChallenge()
  const length = message.readUInt16LE(at)
  const offset = message.readUInt32LE(at + 4)
  if (offset + length > message.length) throw badChallenge()
  return message.subarray(offset, offset + length)
}

function badChallenge(): MailError {
  return new MailError('server-misbehaved', "The server's part of the log-on makes no sense.")
}
