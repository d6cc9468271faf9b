import type { PayloadOf } from '../../shared/contract/define.ts'
import type { EngineEvents, EngineHandlers } from '../../shared/contract/engine-contract.ts'
import { SignIns } from './accounts/oauth/sign-ins.ts'
import { Passwords } from './accounts/passwords.ts'
import { PracticeAccounts } from './accounts/practice-accounts.ts'
import { Routes } from './accounts/routes.ts'
import { accountsApi } from './api/accounts-api.ts'
import { composeApi } from './api/compose-api.ts'
import { engineApi } from './api/engine-api.ts'
import { foldersApi } from './api/folders-api.ts'
import { fetchBody, messagesApi } from './api/messages-api.ts'
import { offlineApi } from './api/offline-api.ts'
import { operationsApi } from './api/operations-api.ts'
import { pop3Api } from './api/pop3-api.ts'
import { oauthApi } from './api/oauth-api.ts'
import { practiceApi } from './api/practice-api.ts'
import { presetsApi } from './api/presets-api.ts'
import { supportApi } from './api/support-api.ts'
import { trustApi } from './api/trust-api.ts'
import type { EngineParts } from './api/parts.ts'
import { Content, type ContentReply } from './content/content.ts'
import { EventBus } from './event-bus.ts'
import { Composer } from './operations/composer.ts'
import { settleInterrupted } from './operations/send-outbox.ts'
import { Uploads } from './operations/uploads.ts'
import { Policy } from './policy/policy.ts'
import type { EnginePorts } from './ports.ts'
import { openStore } from './store/store.ts'
import { LogFiles } from './support/log-files.ts'
import { ProtocolLog } from './support/protocol-log.ts'
import { AccountWork } from './sync/account-work.ts'
import { Forecasts } from './sync/forecasts.ts'
import { ImapWatch } from './sync/imap-watch.ts'
import { NetworkChanges } from './sync/network-changes.ts'
import { Replayer } from './sync/replayer.ts'
import { Runs } from './sync/runs.ts'
import { TrustRequests } from './sync/trust-requests.ts'
import { Schedule } from './sync/schedule.ts'

export type { ContentReply }

/** Long enough after the start that nobody waits for what it does. */
const sweepAfterMs = 30_000
/** For an attachment over a slow line. */
const wholeMs = 30 * 60_000

export interface Engine {
  readonly handlers: EngineHandlers
  on<N extends keyof EngineEvents>(name: N, listener: (payload: PayloadOf<EngineEvents, N>) => void): () => void
  /** What lies at an address that `messages.open` gave out, such as `/<token>/body`. */
  content(path: string): Promise<ContentReply>
  /** For the command line and measurements, which show more than a window needs. */
  readonly parts: EngineParts
  /** From now on mail is fetched without being asked, as the settings say. Not for the command line. */
  checkByItself(): void
  close(): Promise<void>
}

/** The composition root: opens the store and wires everything. Throws MailError when the store can't be opened. */
export async function createEngine(ports: EnginePorts): Promise<Engine> {
  const { clock, log } = ports
  const store = openStore({ folder: ports.dataFolder, clock, log })
  settleInterrupted(store)
  const events = new EventBus(log)
  const passwords = new Passwords(ports.secrets, events)
  const practice = new PracticeAccounts({ store, clock, log, passwords })
  const forecasts = new Forecasts(events)
  const policy = new Policy({ store, log, file: ports.policy })
  const routes = new Routes(ports.secrets, ports.network)
  const signIns = new SignIns({ secrets: ports.secrets, clock, log, routes, settings: () => store.settings.get() })
  const trust = new TrustRequests({ store, clock, events, policy })
  const logFiles = new LogFiles({ dataFolder: ports.dataFolder, log })
  const protocolLog = new ProtocolLog(clock, logFiles)
  const work = new AccountWork({
    store,
    clock,
    log,
    passwords,
    tokens: signIns.tokens,
    practice,
    forecasts,
    protocolLog,
    routes,
    trust,
    policy,
  })
  const runs = new Runs({ store, events, log, work })
  const schedule = new Schedule({ store, events, log, clock, runs })
  const watch = new ImapWatch({ store, work, events, log })
  const networkChanges = new NetworkChanges({ clock })
  networkChanges.onChange(() => {
    work.connections.dropUnused()
    watch.again()
  })
  const uploads = new Uploads(ports.dataFolder, clock)
  const parts: EngineParts = {
    ports,
    store,
    events,
    passwords,
    signIns,
    practice,
    forecasts,
    routes,
    trust,
    policy,
    protocolLog,
    work,
    watch,
    runs,
    replayer: new Replayer({ store, work, events, log }),
    composer: new Composer({ store, uploads, clock, version: ports.version }),
    uploads,
    content: new Content(store, (id) => fetchBody({ store, work }, id, AbortSignal.timeout(wholeMs))),
  }
  store.onChange((batch) => events.emit('changes', batch))
  logFiles.follow(store.settings.get())
  events.on('changes', ({ settings }) => settings && logFiles.follow(store.settings.get()))
  store.views.onViewChange((change) => events.emit('viewChanged', change))
  const sweeping = setTimeout(
    () => void uploads.sweep().catch((error) => log.warn('old uploads stay', { reason: String(error) })),
    sweepAfterMs,
  )
  sweeping.unref()

  return {
    handlers: {
      ...engineApi(parts),
      ...accountsApi(parts),
      ...foldersApi(parts),
      ...messagesApi(parts),
      ...operationsApi(parts),
      ...offlineApi(parts),
      ...composeApi(parts),
      ...pop3Api(parts),
      ...oauthApi(parts),
      ...practiceApi(parts),
      ...presetsApi(parts),
      ...supportApi(parts),
      ...trustApi(parts),
    },
    on: (name, listener) => events.on(name, listener),
    content: async (path) => parts.content.read(path),
    parts,
    checkByItself() {
      schedule.begin()
      watch.begin()
      networkChanges.begin()
    },
    async close() {
      clearTimeout(sweeping)
      schedule.stop()
      networkChanges.stop()
      watch.close()
      parts.replayer.stop()
      await runs.stopAll()
      work.connections.close()
      await practice.close()
      await logFiles.flush()
      store.close()
    },
  }
}
