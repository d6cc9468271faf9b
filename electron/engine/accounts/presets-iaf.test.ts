import { expect, test } from 'vitest'
import { readPresetContent } from './presets.ts'

type Field = readonly [id: number, value: string | number | Uint8Array]

/** An account file as Outlook Express (5: 8-bit texts) and Windows Mail (7: UTF-16) write it. */
function iaf(fields: readonly Field[], { version = 5, kind = 1 } = {}): Buffer {
  const header = Buffer.from([0x66, 0x4d, 0x41, 0x49, 0, 0, version, 0, kind, 0, 0, 0])
  return Buffer.concat([header, ...fields.map((field) => record(field, version))])
}

function record([id, value]: Field, version: number): Buffer {
  const data = typeof value === 'string' ? Buffer.from(`${value}\0`, version === 7 ? 'utf16le' : 'latin1') : value
  const bytes = typeof data === 'number' ? dword(data) : data
  return Buffer.concat([dword(id), dword(bytes.length), bytes])
}

function dword(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

const person: readonly Field[] = [
  [305_464_304, 'Work'],
  [338_691_056, 'Jürgen Doe'],
  [338_756_592, 'Example Corp'],
  [338_822_128, 'jdoe@example.org'],
  [338_166_768, 'smtp.example.org'],
]
const pop3: readonly Field[] = [
  ...person,
  [331_613_168, 'pop.example.org'],
  [331_678_704, 'CORP/jdoe/jdoe'],
  [331_940_841, 995],
  [332_006_389, 1],
  [332_071_913, 120],
  [332_137_461, 1],
  [332_268_533, 1],
  [332_334_057, 14],
  [338_428_905, 2],
  [338_494_441, 25],
  [338_559_989, 1],
]

test.each([5, 7])('A POP3 account of Outlook Express is read (text kind %i)', (version) => {
  expect(readPresetContent(iaf(pop3, { version }))).toMatchObject({
    name: 'Work',
    protocol: 'pop3',
    identity: { name: 'Jürgen Doe', organization: 'Example Corp', address: 'jdoe@example.org', replyTo: '' },
    includeInReceive: true,
    incoming: { host: 'pop.example.org', port: 995, security: 'tls', user: 'CORP/jdoe/jdoe', signIn: 'password' },
    outgoing: { host: 'smtp.example.org', port: 25, security: 'starttls', signIn: 'same', user: '' },
    timeoutSeconds: 120,
    pop3: { leaveOnServer: true, removeAfterDays: 14, removeWhenDeleted: false },
  })
})

test('An IMAP account with a log-on of its own for sending is read', () => {
  const fields: readonly Field[] = [
    ...person,
    [311_952_368, 'imap.example.org'],
    [312_017_904, 'jdoe'],
    [312_214_517, 1],
    [312_476_656, 'INBOX/'],
    [313_066_480, 'Sent Items'],
    [338_428_905, 3],
    [338_232_304, 'sender'],
  ]
  expect(readPresetContent(iaf(fields))).toMatchObject({
    protocol: 'imap',
    incoming: { host: 'imap.example.org', port: 143, security: 'none', user: 'jdoe', signIn: 'spa' },
    outgoing: { port: 25, security: 'none', signIn: 'password', user: 'sender' },
    imap: { rootFolder: 'INBOX', checkAllFolders: true, storeSpecialFolders: true, sentFolder: 'Sent Items', draftsFolder: null },
  })
})

test('The password in the file is not read, and what is unknown is passed over', () => {
  const password = Buffer.from([1, 1, 7, 0, 0, 0, 0x16, 0x79, 0x7b, 0x75, 0x11, 0x18, 0x79])
  const draft = readPresetContent(iaf([...pop3, [331_744_246, password], [4_294_967_295, 'canary'], [332_530_677, 1]]))
  expect(JSON.stringify(draft)).not.toContain('canary')
  expect(draft.incoming.rememberPassword).toBe(false)
})

test('News accounts, files without servers and files that are cut off say what they are', () => {
  expect(() => readPresetContent(iaf(pop3, { kind: 0 }))).toThrow(/news or directory/)
  expect(() => readPresetContent(iaf(person))).toThrow(/no mail servers/)
  expect(() => readPresetContent(iaf(pop3).subarray(0, -2))).toThrow(/middle of a value/)
})
