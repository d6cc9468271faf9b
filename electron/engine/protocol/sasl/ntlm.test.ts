import { expect, test } from 'vitest'
import { ntlm as ntlmServer } from '../../../practice/ntlm-server.ts'
import { ntlm } from './ntlm.ts'
import { avIds, writePairs } from './ntlm-messages.ts'
import { splitLogOnName } from './ntlm-name.ts'
import { ntlmKey, prove } from './ntlm-proof.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

/** MS-NLMP 4.2.1 and 4.2.4. */
const vector = {
  user: 'User',
  password: 'Password',
  domain: 'Domain',
  serverChallenge: hex('0123456789abcdef'),
  clientChallenge: Buffer.alloc(8, 0xaa),
  timestamp: Buffer.alloc(8),
  targetInfo: hex('02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000'),
}

test('the key, the proof and the session key are those of MS-NLMP 4.2.4', () => {
  const key = ntlmKey(vector, vector.password)
  expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f')
  const { ntResponse, sessionKey } = prove(key, vector)
  expect(ntResponse.toString('hex', 0, 16)).toBe('68cd0ab851e51c96aabc927bebef6a1c')
  expect(ntResponse.toString('hex', 16, 48)).toBe(`0101000000000000${'00'.repeat(8)}${'aa'.repeat(8)}${'00'.repeat(4)}02000c00`)
  expect(sessionKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3')
})

interface Challenge {
  readonly flags?: number
  readonly targetInfo?: Buffer
}

function challengeMessage({ flags = 0x8a8205, targetInfo = vector.targetInfo }: Challenge = {}): Buffer {
  const header = Buffer.alloc(48)
  header.write('NTLMSSP\0', 'latin1')
  header.writeUInt32LE(2, 8)
  header.writeUInt32LE(flags, 20)
  vector.serverChallenge.copy(header, 24)
  header.writeUInt16LE(targetInfo.length, 40)
  header.writeUInt32LE(header.length, 44)
  return Buffer.concat([header, targetInfo])
}

function answerTo(challenge: Buffer, user = 'Domain\\User'): Buffer {
  const step = ntlm({ user, password: vector.password }, { clientChallenge: vector.clientChallenge, now: -11_644_473_600_000 })
  step(Buffer.alloc(0))
  return step(challenge)
}

const field = (message: Buffer, at: number) =>
  message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at))

test('a server that does not tell its time gets our own time, no MIC, and never an LM response', () => {
  const answer = answerTo(challengeMessage())
  expect(field(answer, 20).equals(prove(ntlmKey(vector, vector.password), vector).ntResponse)).toBe(true)
  expect(field(answer, 12)).toEqual(Buffer.alloc(24))
  expect([field(answer, 28), field(answer, 36), field(answer, 44)].map(String)).toEqual([utf16('Domain'), utf16('User'), ''].map(String))
  expect(answer.subarray(72, 88)).toEqual(Buffer.alloc(16))
})

test('a server that tells its time gets it back, with a MIC, a channel binding and all that it said itself', () => {
  const timestamp = hex('0102030405060708')
  const theirs = [
    { id: 2, value: utf16('Domain') },
    { id: avIds.flags, value: hex('01000000') },
    { id: avIds.timestamp, value: timestamp },
  ]
  const answer = answerTo(challengeMessage({ targetInfo: writePairs(theirs) }))
  const blob = field(answer, 20).subarray(16)
  expect(blob.subarray(8, 16)).toEqual(timestamp)
  const kept = [theirs[0], theirs[2]].flatMap((pair) => pair ?? [])
  const ours = [
    { id: avIds.flags, value: hex('03000000') },
    { id: avIds.channelBindings, value: Buffer.alloc(16) },
    { id: avIds.targetName, value: Buffer.alloc(0) },
  ]
  expect(blob.subarray(28, -4)).toEqual(writePairs([...kept, ...ours]))
  expect(answer.subarray(72, 88)).not.toEqual(Buffer.alloc(16))
})

test('every exchange has a challenge of its own', () => {
  const answer = () => {
    const step = ntlm({ user: 'a', password: 'b' })
    step(Buffer.alloc(0))
    return step(challengeMessage())
  }
  expect(answer().equals(answer())).toBe(false)
})

test.each([
  ['CORP\\jdoe', { domain: 'CORP', user: 'jdoe' }],
  ['corp\\Jörg Müller', { domain: 'corp', user: 'Jörg Müller' }],
  ['CORP\\jdoe/x', { domain: 'CORP', user: 'jdoe/x' }],
  ['CORP/jdoe/jdoe', { domain: 'CORP', user: 'jdoe' }],
  ['CORP/alice/a.smith', { domain: 'CORP', user: 'alice' }],
  ['CORP/alice', { domain: 'CORP', user: 'alice' }],
  ['a/b/c/d', { domain: '', user: 'a/b/c/d' }],
  ['alice@example.org', { domain: '', user: 'alice@example.org' }],
  ['alice', { domain: '', user: 'alice' }],
  ['\\alice', { domain: '', user: '\\alice' }],
  ['CORP\\', { domain: '', user: 'CORP\\' }],
])('the log-on name "%s" is split as Windows and Exchange do, its spelling unchanged', (name, parts) => {
  expect(splitLogOnName(name)).toEqual(parts)
})

interface Talk {
  readonly user?: string
  readonly password?: string
  readonly listed?: readonly (readonly [string, string])[]
  readonly hasTimestamp?: boolean
  readonly change?: (authenticate: Buffer) => Buffer
}

/** Both halves against each other: who signed in, undefined: refused. */
function talk({
  user = 'alice',
  password = 'Straße 日本',
  listed = [['alice', 'Straße 日本']],
  hasTimestamp = true,
  change,
}: Talk): string | undefined {
  const passwords = new Map(listed)
  const server = ntlmServer((name) => passwords.get(name), { hasTimestamp })
  const step = ntlm({ user, password })
  let said = server.next()
  for (let turn = 1; !said.done; turn++) {
    const answer = step(said.value)
    said = server.next(change && turn === 2 ? change(answer) : answer)
  }
  step.finish()
  return said.value
}

test('the right password is accepted, a wrong one is not, whether the server tells its time or not', () => {
  for (const hasTimestamp of [true, false]) {
    expect(talk({ hasTimestamp })).toBe('alice')
    expect(talk({ hasTimestamp, password: 'Strasse' })).toBeUndefined()
    expect(talk({ hasTimestamp, user: 'bob' })).toBeUndefined()
  }
})

test.each(['CORP\\jdoe', 'CORP/jdoe/jdoe', 'CORP/jdoe', 'jdoe@corp.example', 'Žofie straße'])(
  '"%s" signs in as the user of that name',
  (name) => {
    expect(talk({ user: name, listed: [[name, 'Straße 日本']] })).toBe(name)
  },
)

test.each([
  ['MIC', 72],
  ['flags, which only the MIC protects', 61],
])('a flipped bit in the %s is found out', (_, at) => {
  const flip = (message: Buffer) => {
    const flipped = Buffer.from(message)
    flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at)
    return flipped
  }
  expect(talk({ change: flip })).toBeUndefined()
  expect(talk({ change: (message) => message })).toBe('alice')
})

const overlong = writePairs([{ id: 2, value: Buffer.alloc(9_000) }])

test.each([
  ['nothing', Buffer.alloc(0)],
  ['words', Buffer.from('NTLM supported')],
  ['a message of another type', Buffer.concat([hex('4e544c4d53535000 03000000'), Buffer.alloc(36)])],
  ['a message that ends early', challengeMessage().subarray(0, 30)],
  ['no room for the target info it promises', challengeMessage().subarray(0, 44)],
  ['target info beyond the end', challengeMessage().subarray(0, 70)],
  ['a pair that is longer than the target info', challengeMessage({ targetInfo: hex('0200ff0041') })],
  ['half a pair', challengeMessage({ targetInfo: hex('020000') })],
  ['the same pair twice', challengeMessage({ targetInfo: hex('02000000 02000000 00000000') })],
  ['a timestamp of the wrong size', challengeMessage({ targetInfo: hex('07000400 01020304 00000000') })],
  ['more than our answer could hold', challengeMessage({ targetInfo: overlong })],
])('a server that sends %s has misbehaved', (_, challenge) => {
  expect(() => answerTo(challenge)).toThrow(expect.objectContaining({ code: 'server-misbehaved' }))
})

test('whatever a server sends, the log-on ends with an answer or a MailError', () => {
  const good = challengeMessage({ targetInfo: writePairs([{ id: avIds.timestamp, value: Buffer.alloc(8, 1) }]) })
  for (let at = 0; at < good.length; at++) {
    for (const byte of [0, 1, 0x7f, 0xff]) {
      const bad = Buffer.from(good)
      bad.writeUInt8(byte, at)
      try {
        expect(answerTo(bad).length).toBeGreaterThan(88)
      } catch (error) {
        expect(error).toMatchObject({ name: 'MailError', code: expect.stringMatching(/^(server-misbehaved|sign-in-unsupported)$/) })
      }
    }
  }
})

test('a server without Unicode is not answered in a code page that nobody knows', () => {
  expect(() => answerTo(challengeMessage({ flags: 0x8a8206 }))).toThrow(expect.objectContaining({ code: 'sign-in-unsupported' }))
})

test('a yes without a challenge is not believed, and questions without end are not answered', () => {
  const step = ntlm({ user: 'a', password: 'b' })
  expect(() => step.finish()).toThrow(expect.objectContaining({ code: 'server-misbehaved' }))
  step(Buffer.alloc(0))
  step(challengeMessage())
  expect(() => step.finish()).not.toThrow()
  expect(() => step(challengeMessage())).toThrow(expect.objectContaining({ code: 'server-misbehaved' }))
})

test('an empty password is a missing one', () => {
  expect(() => ntlm({ user: 'a', password: '' })(Buffer.alloc(0))).toThrow(expect.objectContaining({ code: 'sign-in-missing' }))
})

test('a name that does not fit into the message is bad input', () => {
  expect(() => answerTo(challengeMessage(), 'x'.repeat(40_000))).toThrow(expect.objectContaining({ code: 'bad-input' }))
})
