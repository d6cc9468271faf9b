import { emptyBatch } from '../../shared/changes/change-batch.ts'
import { connect } from '../../shared/contract/connect.ts'
import {
  type EngineCalls,
  type EngineClient,
  type EngineEvents,
  type EngineHandlers,
  engineCalls,
} from '../../shared/contract/engine-contract.ts'
import { type HostCalls, type HostClient, type HostEvents, type HostHandlers, hostCalls } from '../../shared/contract/host-contract.ts'
import { serve } from '../../shared/contract/serve.ts'
import { wirePair } from '../../shared/contract/wire.ts'
import type { AccountId, MessageId, OperationId, ViewId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import { defaultSettings, type Settings } from '../../shared/domain/settings.ts'
import type { ViewRequest, ViewWindow } from '../../shared/domain/view.ts'
import { MailError } from '../../shared/errors/mail-error.ts'
import { guessHostInfo } from '../live/host-info.ts'
import { fakeAccounts, fakeFolders, fakeMessage, fakeRow } from './fake-mail.ts'

interface FakeOptions {
  /** Messages in the Inbox. */
  readonly rows: number
  readonly hasAccounts: boolean
}

/** An engine without mail behind it: made-up rows over the real contract, to look at windows and to measure them. */
export function fakeServices({ rows, hasAccounts }: FakeOptions): { engine: EngineClient; host: HostClient } {
  const now = Date.now()
  const folders = fakeFolders(now, rows)
  const patches = new Map<MessageId, MessageSummary>()
  const views = new Map<ViewId, { request: ViewRequest; total: number }>()
  let settings: Settings = defaultSettings
  let seq = 1
  let nextView = 1

  const rowOf = (id: MessageId): MessageSummary => {
    const folder = folders.find((each) => each.id === Math.floor((id - 1) / 1_000_000))
    if (!folder) throw new MailError('message-missing', 'There is no such fake message.')
    return patches.get(id) ?? fakeRow(folder.id, (id - 1) % 1_000_000, now)
  }
  const slice = (view: ViewId, from: number, count: number): ViewWindow => {
    const { request, total } = views.get(view) ?? { request: { folder: folders[0]?.id }, total: 0 }
    const start = Math.min(from, total)
    const list = Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, at) =>
      rowOf(((request.folder ?? 1) * 1_000_000 + start + at + 1) as MessageId),
    )
    return { view, version: 1, total, from: start, rows: list }
  }
  const changed = (list: readonly MessageSummary[]) => {
    for (const row of list) patches.set(row.id, row)
    server.emit('changes', { ...emptyBatch('fake', ++seq), changed: list })
  }

  const answers: Partial<EngineHandlers> = {
    'engine.info': () => ({ storeId: 'fake', seq, version: '0.1.0', node: '24.21.0', sqlite: '3.53.4' }),
    'changes.since': () => 'start-over',
    'settings.get': () => settings,
    'settings.set': (change) => {
      settings = { ...settings, ...change }
      server.emit('changes', { ...emptyBatch('fake', ++seq), settings: true })
      return settings
    },
    'accounts.list': () => (hasAccounts ? fakeAccounts() : []),
    'logon.pending': () => [],
    'forecast.pending': () => [],
    'pop3.setMarks': ({ ids, mark }) => {
      changed(ids.map((id) => ({ ...rowOf(id), mark })))
      return null
    },
    'pop3.unmarkAll': () => {
      changed([...patches.values()].map((row) => ({ ...row, mark: null })))
      return null
    },
    'pop3.marks': () => [],
    'pop3.forecastOptions': () => ({ heldOnServer: 328, onServer: { messages: 1204, bytes: 97_000_000 } }),
    'folders.list': () =>
      hasAccounts ? folders : folders.filter((each) => each.account === null).map((each) => ({ ...each, total: 0, unread: 0 })),
    'folders.refresh': () => null,
    'views.open': ({ request, count, near }) => {
      const view = nextView++ as ViewId
      const all = folders.find((each) => each.id === request.folder)?.total ?? 0
      views.set(view, { request, total: request.search ? (request.search.includes('zzz') ? 0 : 3) : all })
      const at = near === null ? 0 : Math.max(0, ((near - 1) % 1_000_000) - 50)
      return slice(view, at, count)
    },
    'views.rows': ({ view, from, count }) => slice(view, from, count),
    'views.position': ({ message }) => (message - 1) % 1_000_000,
    'views.close': ({ view }) => {
      views.delete(view)
      return null
    },
    'messages.open': ({ id }) => {
      const row = rowOf(id)
      if (row.state === 'header-only') throw new MailError('body-not-here', 'Only the header is here.')
      return fakeMessage(row)
    },
    'messages.setFlags': ({ ids, add, remove }) => {
      const set = Object.fromEntries([...add.map((flag) => [flag, true]), ...remove.map((flag) => [flag, false])])
      changed(ids.slice(0, 1000).map((id) => ({ ...rowOf(id), flags: { ...rowOf(id).flags, ...set } })))
      return null
    },
    'messages.delete': ({ ids }) => {
      changed(ids.slice(0, 1000).map((id) => ({ ...rowOf(id), flags: { ...rowOf(id).flags, deleted: true } })))
      return null
    },
    'outbox.list': () => [{ message: 2_000_001 as MessageId, state: 'waiting', error: null }],
    'runs.current': () => [],
    'runs.start': () => {
      throw new MailError('connection-refused', 'Nobody listens.', {
        account: 'Work',
        server: 'mail.example.org',
        port: 993,
        protocol: 'IMAP',
        secure: 'tls',
      })
    },
    'runs.stop': () => null,
    'operations.list': () => [
      {
        id: 1 as OperationId,
        account: 1 as AccountId,
        kind: 'move',
        what: "Move 3 messages to 'Projects'",
        folder: null,
        since: now - 120_000,
        error: null,
        canUndo: true,
      },
    ],
    'folders.offlineStates': () =>
      folders.map(({ id, total }) => ({ folder: id, messages: total, bodies: total >> 1, missingBytes: total * 3000 })),
    'folders.setShown': () => null,
    'folders.setSync': () => null,
  }
  const missing = () => {
    throw new MailError('unsupported', 'The fake engine does not do this.')
  }
  const handlers = Object.fromEntries(Object.keys(engineCalls).map((name) => [name, answers[name as keyof EngineCalls] ?? missing]))

  const [engineNear, engineFar] = wirePair()
  const server = serve<EngineCalls, EngineEvents>(engineCalls, handlers as unknown as EngineHandlers, engineFar)
  const [hostNear, hostFar] = wirePair()
  const hostHandlers: HostHandlers = {
    'host.info': () => ({ ...guessHostInfo(), language: 'en-GB' }),
    'host.openLink': () => null,
    'host.openSignInPage': () => null,
    'host.showLogs': () => ({ folder: '/home/robin/.config/Postrider/logs' }),
    'host.menuState': () => null,
    'host.setBadge': () => null,
    'host.takePreset': () => null,
    'host.quit': () => null,
  }
  serve<HostCalls, HostEvents>(hostCalls, hostHandlers, hostFar)
  return { engine: connect<EngineCalls, EngineEvents>(engineNear), host: connect<HostCalls, HostEvents>(hostNear) }
}
