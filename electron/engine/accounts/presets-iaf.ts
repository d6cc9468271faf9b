// Account files (.iaf) of Outlook Express and Windows Mail: a header of 12 bytes, then fields of id, length and value.
import {
  type AccountSettings,
  defaultImapOptions,
  defaultPorts,
  type IncomingProtocol,
  type Security,
} from '../../../shared/domain/account.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'

const headerLength = 12
const mailAccount = 1

export const isIaf = (content: Uint8Array): boolean =>
  content[0] === 0x66 && content[1] === 0x4d && content[2] === 0x41 && content[3] === 0x49

/** The passwords in the file, which anybody can read there, are left alone. Throws MailError `bad-input`. */
export function readIaf(content: Uint8Array): AccountSettings {
  const fields = fieldsOf(content)
  if (content[8] !== mailAccount)
    throw new MailError('bad-input', 'The .iaf file is of a news or directory account, not of a mail account.')
  const protocol: IncomingProtocol = fields.text(ids.pop3.server) === '' ? 'imap' : 'pop3'
  const incoming = serverOf(fields, ids[protocol], protocol)
  const outgoing = serverOf(fields, ids.smtp, 'smtp')
  if (incoming.host === '' || outgoing.host === '') throw new MailError('bad-input', 'The .iaf file names no mail servers.')
  const plain = newAccountSettings({
    name: fields.text(338_691_056),
    address: fields.text(338_822_128) || '%EMAILADDRESS%',
    protocol,
    incoming,
    outgoing,
    user: fields.text(ids[protocol].user) || '%EMAILLOCALPART%',
    rememberPassword: fields.number(ids[protocol].prompt, 0) === 0,
  })
  return {
    ...plain,
    name: fields.text(305_464_304) || plain.name,
    identity: { ...plain.identity, organization: fields.text(338_756_592), replyTo: fields.text(338_887_664) },
    includeInReceive: fields.number(332_399_605, 0) === 0,
    incoming: { ...plain.incoming, signIn: fields.number(ids[protocol].spa, 0) === 0 ? 'password' : 'spa' },
    outgoing: { ...plain.outgoing, ...outgoingSignIn(fields), rememberPassword: fields.number(339_215_349, 0) === 0 },
    timeoutSeconds: Math.min(Math.max(fields.number(ids[protocol].timeout, 60), 30), 300),
    pop3: { ...plain.pop3, ...pop3Of(fields) },
    imap: imapOf(fields),
  }
}

/** A dword each; the low half is the type of the value. */
const ids = {
  pop3: {
    server: 331_613_168,
    user: 331_678_704,
    spa: 331_875_317,
    port: 331_940_841,
    secure: 332_006_389,
    timeout: 332_071_913,
    prompt: 332_530_677,
  },
  imap: {
    server: 311_952_368,
    user: 312_017_904,
    spa: 312_214_517,
    port: 312_280_041,
    secure: 312_345_589,
    timeout: 312_411_113,
    prompt: 313_525_237,
  },
  smtp: { server: 338_166_768, port: 338_494_441, secure: 338_559_989 },
} as const

interface ServerIds {
  readonly server: number
  readonly port: number
  readonly secure: number
}

function serverOf(fields: Fields, { server, port, secure }: ServerIds, service: keyof typeof defaultPorts) {
  const isSecure = fields.number(secure, 0) !== 0
  const written = fields.number(port, 0)
  const isPort = written >= 1 && written <= 65_535
  // For outgoing mail "SSL" was STARTTLS on port 25; nobody offers anything else on 587.
  const upgrades = service === 'smtp' && isPort && (written === 25 || written === 587)
  const security: Security = !isSecure ? 'none' : upgrades ? 'starttls' : 'tls'
  return { host: fields.text(server).trim(), security, port: isPort ? written : defaultPorts[service][security] }
}

function outgoingSignIn(fields: Fields): Pick<AccountSettings['outgoing'], 'signIn' | 'user'> {
  const kinds = ['none', 'spa', 'same', 'password'] as const
  const signIn = kinds[fields.number(338_428_905, 0)] ?? 'none'
  return { signIn, user: signIn === 'spa' || signIn === 'password' ? fields.text(338_232_304) : '' }
}

function pop3Of(fields: Fields): Partial<AccountSettings['pop3']> {
  const days = Math.min(Math.max(fields.number(332_334_057, 5), 1), 100)
  return {
    leaveOnServer: fields.number(332_137_461, 0) !== 0,
    removeWhenDeleted: fields.number(332_202_997, 0) !== 0,
    removeAfterDays: fields.number(332_268_533, 0) === 0 ? null : days,
  }
}

const imapOf = (fields: Fields): AccountSettings['imap'] => ({
  ...defaultImapOptions,
  rootFolder: fields.text(312_476_656).replace(/[/\\.]$/, ''),
  checkAllFolders: fields.number(313_656_309, 1) !== 0,
  storeSpecialFolders: fields.number(313_000_949, 1) !== 0,
  sentFolder: fields.text(313_066_480) || null,
  draftsFolder: fields.text(313_197_552) || null,
})

interface Fields {
  /** '' when there is none. */
  text(id: number): string
  number(id: number, otherwise: number): number
}

function fieldsOf(content: Uint8Array): Fields {
  const found = new Map<number, Uint8Array>()
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  let at = headerLength
  while (at + 8 <= content.length) {
    const id = view.getUint32(at, true)
    const length = view.getUint32(at + 4, true)
    at += 8
    if (at + length > content.length) throw new MailError('bad-input', 'The .iaf file ends in the middle of a value.')
    found.set(id, content.subarray(at, at + length))
    at += length
  }
  const decoder = new TextDecoder(content[6] === 0x07 ? 'utf-16le' : 'windows-1252')
  return {
    text: (id) => decoder.decode(found.get(id) ?? new Uint8Array()).replace(/\0[\s\S]*$/, ''),
    number(id, otherwise) {
      const bytes = found.get(id)
      if (!bytes || bytes.length === 0) return otherwise
      return bytes.subarray(0, 4).reduce((sum, byte, index) => sum + byte * 256 ** index, 0)
    },
  }
}
