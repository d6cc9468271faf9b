import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { defaultImapOptions, type AccountSettings } from '../../../shared/domain/account.ts'
import { defaultConnection } from '../../../shared/domain/connection.ts'
import type { FolderRole } from '../../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Envelope } from '../../../shared/domain/message.ts'
import { silentLogger } from '../log.ts'
import type { MessageFacts } from '../message-facts.ts'
import type { NewMessage } from './messages-table.ts'
import { openStore, type Store, type StoreOptions } from './store.ts'

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A store that is closed with the test. */
export function openTestStore(options: Partial<StoreOptions> = {}): Store {
  const store = openStore({ folder: options.folder ?? temporaryFolder(), clock: { now: () => 0 }, log: silentLogger, ...options })
  onTestFinished(() => store.close())
  return store
}

export function localFolder(store: Store, role: FolderRole): FolderId {
  const folder = store.folders.byRole(null, role)
  if (!folder) throw new Error(`no local folder ${role}`)
  return folder.id
}

export function factsOf(envelope: Partial<Envelope> = {}, searchText = ''): MessageFacts {
  const nobody = { from: [], sender: [], replyTo: [], to: [], cc: [], bcc: [] }
  const nothing = { subject: '', sentAt: null, messageIdHeader: '', inReplyTo: '', references: [] }
  return { envelope: { ...nobody, ...nothing, ...envelope }, priority: 'normal', hasAttachment: false, searchText }
}

export function newMessage(folder: FolderId, change: Partial<NewMessage> = {}): NewMessage {
  return { folder, account: null, facts: factsOf(), flags: {}, size: 100, receivedAt: 0, body: null, ...change }
}

/** Adds one message for each subject, a second apart. */
export function addSubjects(store: Store, folder: FolderId, subjects: readonly string[]): MessageId[] {
  return store.messages.addMany(
    subjects.map((subject, index) => newMessage(folder, { facts: factsOf({ subject }), receivedAt: index * 1000 })),
  )
}

export function accountSettings(name: string, protocol: 'pop3' | 'imap' = 'pop3'): AccountSettings {
  const server = { host: 'mail.example.org', port: 995, security: 'tls', user: 'anna', rememberPassword: true } as const
  return {
    name,
    protocol,
    identity: { name: 'Anna', organization: '', address: 'anna@example.org', replyTo: '' },
    includeInReceive: true,
    incoming: { ...server, signIn: 'password' },
    outgoing: { ...server, signIn: 'same' },
    timeoutSeconds: 60,
    pop3: { leaveOnServer: true, removeAfterDays: null, removeWhenDeleted: false, headersOnly: false, maxDownloadKb: null },
    imap: defaultImapOptions,
    trust: { certificates: [], ca: null },
    connection: defaultConnection,
    practice: false,
  }
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
