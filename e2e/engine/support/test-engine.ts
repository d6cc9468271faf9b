import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine } from '../../../electron/engine/engine.ts'
import { silentLogger } from '../../../electron/engine/log.ts'
import { systemClock, type Clock } from '../../../electron/engine/ports.ts'
import { memorySecrets } from '../../../electron/hosts/secrets/memory-secrets.ts'
import { defaultImapOptions, type AccountSettings } from '../../../shared/domain/account.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { defaultConnection } from '../../../shared/domain/connection.ts'
import type { FolderRole } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'

export interface TestEngine {
  readonly engine: Engine
  readonly folder: string
  addAccount(settings: AccountSettings, password: string): Promise<Account>
  /** One Send and Receive of all accounts, as the user starts it. */
  sendAndReceive(): Promise<RunProgress>
  rows(folder: FolderId): readonly MessageSummary[]
  local(role: FolderRole): FolderId
  /** Ends the engine and opens the same store again. */
  restart(): Promise<TestEngine>
  close(): Promise<void>
}

const signal = new AbortController().signal

/** A whole engine on a folder of its own. */
export async function startTestEngine(
  folder = mkdtempSync(join(tmpdir(), 'postrider-engine-')),
  clock: Clock = systemClock,
): Promise<TestEngine> {
  const engine = await createEngine({
    dataFolder: folder,
    clock,
    secrets: memorySecrets(),
    log: silentLogger,
    version: 'test',
  })
  const { store, runs } = engine.parts
  return {
    engine,
    folder,
    addAccount: async (settings, password) => engine.handlers['accounts.add']({ settings, password, outgoingPassword: null }, signal),
    sendAndReceive: () => runs.start({ accounts: null, receive: true, send: true, isForeground: true, bodies: 'on-demand' }).done,
    rows: (id) => store.messages.getMany(store.messages.idsInFolder(id)),
    local: (role) => {
      const found = store.folders.byRole(null, role)
      if (!found) throw new Error(`no local folder ${role}`)
      return found.id
    },
    restart: async () => {
      await engine.close()
      return startTestEngine(folder, clock)
    },
    close: async () => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface AccountChoice {
  readonly protocol: AccountSettings['protocol']
  readonly user: string
  readonly address?: string
  readonly host?: string
  readonly port: number
  readonly security?: AccountSettings['incoming']['security']
  readonly smtp?: Partial<AccountSettings['outgoing']>
  readonly ca?: string
}

export function accountSettings({ protocol, user, address, host, port, security, smtp, ca }: AccountChoice): AccountSettings {
  return {
    name: `${protocol} ${user}`,
    protocol,
    identity: { name: 'Alice Smith', organization: '', address: address ?? `${user}@example.org`, replyTo: '' },
    includeInReceive: true,
    incoming: { host: host ?? '127.0.0.1', port, security: security ?? 'none', user, signIn: 'password', rememberPassword: true },
    outgoing: { host: '127.0.0.1', port: 25, security: 'none', signIn: 'none', user: '', rememberPassword: true, ...smtp },
    timeoutSeconds: 10,
    pop3: { leaveOnServer: true, removeAfterDays: null, removeWhenDeleted: false, headersOnly: false, maxDownloadKb: null },
    imap: defaultImapOptions,
    trust: { certificates: [], ca: ca ?? null },
    connection: defaultConnection,
    practice: false,
  }
}
