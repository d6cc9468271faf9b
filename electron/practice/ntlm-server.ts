// The server's half of NTLM (MS-NLMP), version 2 only. Apart from MD4 it shares nothing with the engine's half, so that each checks the other.
import { createHmac, randomBytes } from 'node:crypto'
import { md4 } from '../engine/protocol/sasl/md4.ts'
import type { FindPassword, SignInExchange } from './sign-in-exchange.ts'

export interface NtlmServerOptions {
  /** Tells the time, and demands the MIC in return, as Windows does. false: as servers of the nineties. Default true. */
  readonly hasTimestamp?: boolean
}

interface Exchange {
  readonly negotiate: Buffer
  readonly challenge: Buffer
  readonly authenticate: Buffer
}

const signature = 'NTLMSSP\0'
const nonceAt = 24
const micAt = 72
const avTimestamp = 7
const avFlags = 6

export function* ntlm(find: FindPassword, { hasTimestamp = true }: NtlmServerOptions = {}): SignInExchange {
  const negotiate = yield Buffer.alloc(0)
  if (!isMessage(negotiate, 1) || negotiate.length < 32) return undefined
  const challenge = challengeMessage(hasTimestamp)
  const authenticate = yield challenge
  return isMessage(authenticate, 3) && authenticate.length >= 64 ? verify({ negotiate, challenge, authenticate }, find) : undefined
}

function challengeMessage(hasTimestamp: boolean): Buffer {
  const target = Buffer.from('PRACTICE', 'utf16le')
  const info = hasTimestamp ? Buffer.concat([pair(2, target), pair(1, target), pair(avTimestamp, now()), pair(0)]) : Buffer.alloc(0)
  const header = Buffer.alloc(56)
  header.write(signature, 'latin1')
  header.writeUInt32LE(2, 8)
  describe(header, 12, { length: target.length, offset: header.length })
  // Unicode, target is a server, NTLM, always sign; with target info: extended session security as well.
  header.writeUInt32LE(hasTimestamp ? 0x8a_82_05 : 0x02_82_05, 20)
  randomBytes(8).copy(header, nonceAt)
  if (hasTimestamp) describe(header, 40, { length: info.length, offset: header.length + target.length })
  return Buffer.concat([header, target, info])
}

function verify(exchange: Exchange, find: FindPassword): string | undefined {
  const { authenticate, challenge } = exchange
  const [lm, proved, domain, user] = [12, 20, 28, 36].map((at) => field(authenticate, at))
  if (!lm?.every((byte) => byte === 0) || !proved || proved.length < 48 || !domain || !user) return undefined
  const name = namesOf(domain.toString('utf16le'), user.toString('utf16le')).find((candidate) => find(candidate) !== undefined)
  if (name === undefined) return undefined
  const key = hmac(md4(Buffer.from(find(name) ?? '', 'utf16le')), upperCase(user), domain)
  const [proof, blob] = [proved.subarray(0, 16), proved.subarray(16)]
  if (!hmac(key, challenge.subarray(nonceAt, nonceAt + 8), blob).equals(proof)) return undefined
  return isUnchanged(exchange, { blob, sessionKey: hmac(key, proof) }) ? name : undefined
}

/** One unit for one unit, as Windows does it: "ß" has no such capital. */
function upperCase(text: Buffer): Buffer {
  const units = Array.from(text.toString('utf16le'), (unit) => (unit.toUpperCase().length === unit.length ? unit.toUpperCase() : unit))
  return Buffer.from(units.join(''), 'utf16le')
}

/** How such a user may be written in the list of users; an alias behind the account is the account's own. */
function namesOf(domain: string, user: string): readonly string[] {
  return domain === '' ? [user] : [`${domain}\\${user}`, `${domain}/${user}/${user}`, `${domain}/${user}`, user]
}

/** Whoever was told the time has to answer with it, and to sign all three messages. */
function isUnchanged(
  { negotiate, challenge, authenticate }: Exchange,
  { blob, sessionKey }: { blob: Buffer; sessionKey: Buffer },
): boolean {
  const told = field(challenge, 40)
  const timestamp = told && findPair(told, avTimestamp)
  if (!timestamp) return true
  const flags = findPair(blob.subarray(28), avFlags)
  if (!blob.subarray(8, 16).equals(timestamp) || flags?.length !== 4 || !(flags.readUInt32LE() & 2)) return false
  const unsigned = Buffer.from(authenticate).fill(0, micAt, micAt + 16)
  return hmac(sessionKey, negotiate, challenge, unsigned).equals(authenticate.subarray(micAt, micAt + 16))
}

function isMessage(message: Buffer, type: number): boolean {
  return message.length >= 12 && message.toString('latin1', 0, 8) === signature && message.readUInt32LE(8) === type
}

function describe(header: Buffer, at: number, { length, offset }: { length: number; offset: number }): void {
  header.writeUInt16LE(length, at)
  header.writeUInt16LE(length, at + 2)
  header.writeUInt32LE(offset, at + 4)
}

/** undefined: it would lie outside of the message. */
function field(message: Buffer, at: number): Buffer | undefined {
  const end = message.readUInt32LE(at + 4) + message.readUInt16LE(at)
  return end <= message.length ? message.subarray(message.readUInt32LE(at + 4), end) : undefined
}

function pair(id: number, value: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt16LE(id)
  header.writeUInt16LE(value.length, 2)
  return Buffer.concat([header, value])
}

function findPair(info: Buffer, wanted: number): Buffer | undefined {
  for (let at = 0; at + 4 <= info.length; ) {
    const [id, end] = [info.readUInt16LE(at), at + 4 + info.readUInt16LE(at + 2)]
    if (id === wanted && end <= info.length) return info.subarray(at + 4, end)
    if (id === 0) return undefined
    at = end
  }
  return undefined
}

/** 100 nanoseconds since 1601. */
function now(): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(Date.now()) * 10_000n + 116_444_736_000_000_000n)
  return bytes
}

function hmac(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const hash = createHmac('md5', key)
  for (const part of parts) hash.update(part)
  return hash.digest()
}
