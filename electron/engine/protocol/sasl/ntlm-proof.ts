// The arithmetic of NTLMv2 (MS-NLMP 3.3.2).
import { createHmac } from 'node:crypto'
import { md4 } from './md4.ts'
import { utf16 } from './ntlm-messages.ts'
import type { NtlmName } from './ntlm-name.ts'

/** NTOWFv2: what a server keeps of a password, bound to the name. */
export function ntlmKey({ domain, user }: NtlmName, password: string): Buffer {
  return hmacMd5(md4(utf16(password)), utf16(upperCase(user) + domain))
}

export interface ProofParts {
  /** 8 bytes each. */
  readonly serverChallenge: Buffer
  readonly clientChallenge: Buffer
  readonly timestamp: Buffer
  /** As `writePairs` makes it. */
  readonly targetInfo: Buffer
}

export interface Proof {
  /** NtChallengeResponse: proof and all that it was made from, for the server to repeat. */
  readonly ntResponse: Buffer
  /** 16 bytes, the key for the MIC. */
  readonly sessionKey: Buffer
}

export function prove(key: Buffer, { serverChallenge, clientChallenge, timestamp, targetInfo }: ProofParts): Proof {
  const revision = Buffer.from([1, 1, 0, 0, 0, 0, 0, 0])
  const blob = Buffer.concat([revision, timestamp, clientChallenge, Buffer.alloc(4), targetInfo, Buffer.alloc(4)])
  const proof = hmacMd5(key, serverChallenge, blob)
  return { ntResponse: Buffer.concat([proof, blob]), sessionKey: hmacMd5(key, proof) }
}

export function hmacMd5(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const hmac = createHmac('md5', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** 100 nanoseconds since 1601. */
export function fileTime(epochMs: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE((BigInt(epochMs) + 11_644_473_600_000n) * 10_000n)
  return bytes
}

/** As Windows does it, unit by unit: "ß" stays what it is instead of becoming "SS". */
function upperCase(text: string): string {
  return text.replace(/./gs, (unit) => {
    const upper = unit.toUpperCase()
    return upper.length === unit.length ? upper : unit
  })
}
