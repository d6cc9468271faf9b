import { emptyBatch } from '../../shared/changes/change-batch.ts'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { HostClient } from '../../shared/contract/host-contract.ts'
import type { Account, AccountSettings } from '../../shared/domain/account.ts'
import { emptyDraft, type Draft } from '../../shared/domain/draft.ts'
import type { AccountId, MessageId, RunId } from '../../shared/domain/ids.ts'
import { newAccountSettings } from '../../shared/domain/new-account.ts'
import type { ForecastRequest } from '../../shared/domain/pop3.ts'
import type { LogonRequest, RunProgress, RunTask } from '../../shared/domain/run.ts'
import { defaultSettings } from '../../shared/domain/settings.ts'
import { MailError } from '../../shared/errors/mail-error.ts'
import { guessHostInfo } from '../live/host-info.ts'
import type { Services } from '../live/services.tsx'

/** For the gallery only: an engine that keeps accounts in memory and plays runs and log-on requests on demand. */
export interface FakeEngine {
  readonly services: Services
  emit(name: string, payload: unknown): void
  /** The next call of that name fails. */
  failNext(name: string, error: MailError): void
}

type Handler = (input: never) => unknown

export function fakeDialogServices(accounts: readonly Account[] = sampleAccounts): FakeEngine {
  let list = accounts
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const failures = new Map<string, MailError>()
  const emit = (name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never)
  }
  const keep = (next: readonly Account[]) => {
    list = next
    queueMicrotask(() => emit('changes', { ...emptyBatch('fake', 1), accounts: true }))
  }
  const handlers: Readonly<Record<string, Handler>> = {
    'accounts.list': () => list,
    'accounts.add': ({ settings }: { settings: AccountSettings }) => {
      const account = { ...settings, id: (list.length + 1) as AccountId, isDefault: list.length === 0 }
      keep([...list, account])
      return account
    },
    'accounts.update': ({ id, settings }: { id: AccountId; settings: AccountSettings }) => {
      const account = { ...settings, id, isDefault: list.find((each) => each.id === id)?.isDefault ?? false }
      keep(list.map((each) => (each.id === id ? account : each)))
      return account
    },
    'accounts.remove': ({ id }: { id: AccountId }) => keep(list.filter((each) => each.id !== id)),
    'accounts.setDefault': ({ id }: { id: AccountId }) => keep(list.map((each) => ({ ...each, isDefault: each.id === id }))),
    'settings.get': () => defaultSettings,
    'host.info': () => hostInfo,
    'logon.pending': () => [],
    'logon.answer': () => null,
    'forecast.pending': () => [],
    'forecast.answer': () => null,
    'pop3.forecastOptions': () => ({ heldOnServer: 328, onServer: { messages: 1204, bytes: 97_000_000 } }),
    'folders.list': () => [],
    'outbox.list': () => [],
    'runs.current': () => [],
    'runs.start': () => ({ run: 1 as RunId }),
    'runs.stop': () => null,
    'compose.start': ({ kind }: { kind: string }) => (kind === 'new' ? blankDraft : sampleReply),
    'compose.reopen': () => sampleReply,
    'compose.upload': () => ({ upload: 'fake-upload-00000001', size: 0 }),
    'drafts.save': () => ({ id: 7 as MessageId }),
    'outbox.queue': () => ({ id: 8 as MessageId, run: 1 as RunId }),
  }
  const call = async (name: string, input: never, signal?: AbortSignal): Promise<unknown> => {
    const failure = failures.get(name)
    failures.delete(name)
    if (failure) throw failure
    if (name === 'folders.download') return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const handler = handlers[name]
    if (!handler) throw new MailError('unsupported', `The gallery has no ${name}.`)
    return handler(input)
  }
  const on = (name: string, listener: (payload: never) => void) => {
    const set = listeners.get(name) ?? new Set()
    listeners.set(name, set.add(listener))
    return () => set.delete(listener)
  }
  const hostInfo = { ...guessHostInfo(), userName: 'Jane Doe' }
  const client = { call, on, onClose: () => () => undefined, close: () => undefined }
  const services: Services = {
    engine: client as unknown as EngineClient,
    host: client as unknown as HostClient,
    hostInfo,
  }
  return { services, emit, failNext: (name, error) => void failures.set(name, error) }
}

function sampleAccount(id: number, host: string, change: Partial<AccountSettings> = {}): Account {
  const protocol = change.protocol ?? 'pop3'
  const settings = newAccountSettings({
    name: 'Jane Doe',
    address: 'jane@example.org',
    protocol,
    incoming: { host, port: protocol === 'pop3' ? 995 : 993, security: 'tls' },
    outgoing: { host: 'smtp.example.org', port: 587, security: 'starttls' },
    user: 'CORP\\jdoe',
    rememberPassword: true,
  })
  return { ...settings, ...change, id: id as AccountId, isDefault: id === 1 }
}

export const sampleAccounts: readonly Account[] = [
  sampleAccount(1, 'pop.example.net'),
  sampleAccount(2, 'imap.example.org', { name: 'Work', protocol: 'imap' }),
  sampleAccount(3, 'mail.example.com', { name: 'Department of Very Long Names and International Correspondence, Example Corp' }),
]

const blankDraft = emptyDraft(1 as AccountId)

const sampleReply: Draft = {
  ...blankDraft,
  to: 'Jonas Lindqvist <jonas@example.org>',
  cc: 'Carla Weber <carla@example.net>; mei@example.com',
  subject: 'Re: Moving the mail server on Saturday',
  text: '\n\n----- Original Message -----\nFrom: Jonas Lindqvist\nTo: Jane Doe\nSubject: Moving the mail server on Saturday\n\n> Hello,\n> that works for us. From 18:00 the POP3 and IMAP ports answer on the new host; the\n> names stay the same, so nobody has to change an account.\n>\n> Plan attached.',
  related: { message: 1 as MessageId, kind: 'reply' },
}

const task = (change: Partial<RunTask>): RunTask => ({
  account: 1 as AccountId,
  accountName: 'pop.example.net',
  kind: 'receive',
  state: 'executing',
  text: 'Downloading message 12 of 40 (1.3 of 4.1 MB)',
  done: 12,
  total: 40,
  bytesDone: 1_300_000,
  bytesTotal: 4_100_000,
  notes: [],
  error: null,
  ...change,
})

export const sampleRun: RunProgress = {
  run: 1 as RunId,
  isForeground: true,
  isFinished: false,
  received: 12,
  sent: 1,
  tasks: [
    task({ kind: 'send', state: 'completed', text: '' }),
    task({}),
    task({ account: 2 as AccountId, accountName: 'Work', state: 'pending', text: '', total: 0, bytesTotal: 0 }),
  ],
}

export const sampleNotedRun: RunProgress = {
  ...sampleRun,
  isFinished: true,
  tasks: [
    task({
      state: 'completed',
      text: '',
      notes: [
        '"Quarterly budget review: figures for Thursday" is no longer on the server, so it can\'t be retrieved. Its mark was taken back.',
        'Nothing was deleted from the server, because you did not agree.',
      ],
    }),
  ],
}

export const sampleForecast: ForecastRequest = {
  request: 1,
  forecast: {
    account: 1 as AccountId,
    accountName: 'pop.example.net',
    serverMessages: 340,
    serverBytes: 42_000_000,
    newMessages: 12,
    newBytes: 1_300_000,
    deleteNow: 328,
    deleteNowBytes: 40_700_000,
    deleteLater: { days: 5, count: 8 },
    never: 4,
  },
}

export const sampleFailedRun: RunProgress = {
  ...sampleRun,
  isFinished: true,
  tasks: [
    task({ kind: 'send', state: 'completed', text: '' }),
    task({
      state: 'failed',
      error: {
        code: 'connection-refused',
        message: 'refused',
        detail: { account: 'pop.example.net', server: 'pop.example.net', protocol: 'POP3', port: 995, secure: 'tls' },
      },
    }),
    task({
      account: 2 as AccountId,
      accountName: 'Work',
      state: 'failed',
      error: {
        code: 'sign-in-refused',
        message: 'refused',
        detail: {
          account: 'Work',
          server: 'imap.example.org',
          protocol: 'IMAP',
          port: 993,
          secure: 'tls',
          reply: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
        },
      },
    }),
  ],
}

export const sampleLogon: LogonRequest = {
  request: 1,
  account: 2 as AccountId,
  accountName: 'Work',
  direction: 'incoming',
  server: 'imap.example.org',
  user: 'CORP\\jdoe',
  reason: 'refused',
  reply: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
  oauth: null,
}
