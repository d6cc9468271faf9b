// Cyrus, the second family of IMAP and POP3 servers, see README.md. Cyrus keeps its mail to itself, so IMAP puts it in and reads it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type CyrusLayout, cyrusAdmin, cyrusPaths, startCyrus } from './cyrus.ts'
import type { FillRequest } from './fill-maildir.ts'
import { findCyrus, missingCyrus } from './find-servers.ts'
import { freePorts } from './free-ports.ts'
import { generateMail, type MailProfile } from './generated-mail.ts'
import { type AppendedMessage, type ImapHands, openImapHands } from './imap-hands.ts'
import { labAccount } from './lab-account.ts'
import { copyCertificates, labCa } from './lab-certificates.ts'
import { type LabUser, type LabUserName, labUser } from './lab-users.ts'

export interface CyrusLab {
  readonly host: string
  /** `port` is plain text with STARTTLS (STLS), `tlsPort` TLS from the first byte. */
  readonly imap: { readonly port: number; readonly tlsPort: number }
  readonly pop3: { readonly port: number; readonly tlsPort: number }
  /** PEM text of the CA that signed the certificate. */
  readonly ca: string
  user(name: LabUserName): LabUser
  /** Puts a message into the user's Inbox, byte for byte. */
  deliver(name: LabUserName, raw: Buffer): Promise<void>
  /** Fills the user's Inbox with generated mail, four fifths of it read. */
  fill(name: LabUserName, request: FillRequest): Promise<void>
  /** Raw messages in a folder, Inbox by default; others as the server names them. */
  mailbox(name: LabUserName, folder?: string): Promise<readonly Buffer[]>
  /** Another mail program of the user, or of the administrator, who may make folders for everybody. It stays open until `stop`. */
  hands(name: LabUserName | 'cyrus'): Promise<ImapHands>
  /** What was said after each log-on, for people who look for the reason of a failure. */
  log(): string
  stop(): Promise<void>
}

export interface CyrusLabOptions {
  /** Log-on mechanisms that Cyrus offers, in its own words; by default all that it can. */
  readonly mechanisms?: string
  readonly layout?: CyrusLayout
  /** More lines for imapd.conf. */
  readonly settings?: string
}

export async function startCyrusLab(options: CyrusLabOptions = {}): Promise<CyrusLab> {
  const programs = findCyrus()
  if (!programs) throw new Error(missingCyrus())
  const account = labAccount()
  const folder = mkdtempSync(path.join(tmpdir(), 'postrider-cyrus-'))
  const scratch = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : folder, 'postrider-cyrus-'))
  const remove = () => {
    for (const each of [folder, scratch]) rmSync(each, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    copyCertificates(folder, account)
    const [imap = 0, imaps = 0, pop3 = 0, pop3s = 0] = await freePorts(4, ['127.0.0.1'])
    const ports = { imap, imaps, pop3, pop3s }
    const server = await startCyrus({ programs, folder, scratch, account, ports, ...options })
    const opened = new Map<string, Promise<ImapHands>>()
    const stop = async () => {
      for (const hands of opened.values()) (await hands).close()
      await server.stop()
      remove()
    }
    const hands = (name: LabUserName | 'cyrus') => {
      const logOn = name === 'cyrus' ? cyrusAdmin : labUser(name)
      const found = opened.get(name) ?? openImapHands({ ...logOn, port: imap })
      opened.set(name, found)
      return found
    }
    return {
      host: '127.0.0.1',
      imap: { port: imap, tlsPort: imaps },
      pop3: { port: pop3, tlsPort: pop3s },
      ca: labCa(),
      user: labUser,
      ...mailOf(hands),
      hands,
      log: () => filesIn(cyrusPaths(folder).telemetry).join('\n'),
      stop,
    }
  } catch (error) {
    remove()
    throw error
  }
}

function mailOf(hands: CyrusLab['hands']): Pick<CyrusLab, 'deliver' | 'fill' | 'mailbox'> {
  return {
    deliver: async (name, raw) => (await hands(name)).append('INBOX', { raw }),
    fill: async (name, { count, profile, seed = 1, start = 0 }) => {
      const messages = Array.from({ length: count }, (_, index) => generated(start + index, profile, seed))
      for (let at = 0; at < count; at += 100) await (await hands(name)).append('INBOX', ...messages.slice(at, at + 100))
    },
    mailbox: async (name, folder = 'INBOX') => (await hands(name)).messages(folder),
  }
}

function generated(number: number, profile: MailProfile, seed: number): AppendedMessage {
  const text = generateMail(number, profile, seed).raw.toString('latin1').replaceAll('\n', '\r\n')
  return { raw: Buffer.from(text, 'latin1'), flags: number % 5 === 0 ? '' : '\\Seen' }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'))
}
