// An engine and a scripted POP3 server with mail that tests can see and change.
import { arrayMaildrop, type StoredMessage } from '../../../electron/practice/pop3-maildrop.ts'
import { startPop3Server, type Pop3Server } from '../../../electron/practice/pop3-server.ts'
import type { Pop3Abilities } from '../../../electron/practice/pop3-server-options.ts'
import type { Account, Pop3Options } from '../../../shared/domain/account.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { Forecast } from '../../../shared/domain/pop3.ts'
import type { RunProgress, RunTask } from '../../../shared/domain/run.ts'
import { ordinaryJob, type Pop3Job } from '../../../electron/engine/sync/pop3-job.ts'
import { accountSettings, startTestEngine, type TestEngine } from './test-engine.ts'

export const signal = new AbortController().signal
const day = 24 * 3_600_000

export interface Pop3World {
  engine: TestEngine
  readonly server: Pop3Server
  /** What is on the server. */
  readonly mail: StoredMessage[]
  readonly account: Account
  /** Asked so far. */
  readonly forecasts: Forecast[]
  /** What the user says to the next ones; undefined: nothing. */
  isAgreeing: boolean | undefined
  connect(job?: Partial<Pop3Job>, isForeground?: boolean): Promise<RunTask>
  wait(run: Promise<{ readonly run: number }> | { readonly run: number }): Promise<RunProgress>
  setOptions(options: Partial<Pop3Options>): Promise<void>
  rows(): readonly MessageSummary[]
  row(subject: string): MessageSummary
  id(subject: string): MessageId
  /** Commands of that name since the last call of `forget`. */
  sent(name: string): readonly string[]
  forget(): void
  restart(): Promise<void>
  passDays(days: number): void
  close(): Promise<void>
}

export function message(subject: string, text = 'text'): Buffer {
  return Buffer.from(
    `From: a@example.org\r\nMessage-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\nSubject: ${subject}\r\n\r\n${text}\r\n`,
  )
}

/** Messages "m1" to "m<count>" with UIDLs "u1" and so on. */
export function messages(count: number, from = 1): StoredMessage[] {
  return Array.from({ length: count }, (_, index) => ({ uidl: `u${from + index}`, raw: message(`m${from + index}`) }))
}

export interface WorldOptions {
  readonly mail?: StoredMessage[]
  readonly options?: Partial<Pop3Options>
  readonly abilities?: Partial<Pop3Abilities>
}

export async function startPop3World({ mail = [], options, abilities }: WorldOptions = {}): Promise<Pop3World> {
  const clock = { at: Date.now() }
  const maildrop = arrayMaildrop(mail)
  const server = await startPop3Server({ findUser: () => ({ password: 'right', maildrop }), ...(abilities && { abilities }) })
  const engine = await startTestEngine(undefined, { now: () => clock.at })
  const base = accountSettings({ protocol: 'pop3', user: 'alice', port: server.port })
  const account = await engine.addAccount({ ...base, pop3: { ...base.pop3, ...options } }, 'right')
  const forecasts: Forecast[] = []
  let seen = 0

  const world: Pop3World = {
    engine,
    server,
    mail,
    account,
    forecasts,
    isAgreeing: true,
    connect: async (job, isForeground = true) => {
      const { runs } = world.engine.engine.parts
      const accounts = [account.id]
      const pop3 = { ...ordinaryJob, ...job }
      const done = await runs.start({ accounts, receive: true, send: false, isForeground, bodies: 'on-demand', pop3 }).done
      const [task] = done.tasks
      if (!task) throw new Error('nothing was run')
      return task
    },
    wait: async (run) => {
      const { run: id } = await run
      const { parts, on } = world.engine.engine
      return new Promise((resolve) => {
        const look = () => {
          const found = parts.runs.current().find((each) => each.run === id && each.isFinished)
          if (found) resolve(found)
        }
        on('runProgress', () => setImmediate(look))
        look()
      })
    },
    setOptions: async (change) => {
      const { handlers, parts } = world.engine.engine
      const { id: _, isDefault: __, ...settings } = parts.store.accounts.get(account.id)
      const pop3 = { ...settings.pop3, ...change }
      await handlers['accounts.update']({ id: account.id, settings: { ...settings, pop3 }, password: null, outgoingPassword: null }, signal)
    },
    rows: () => world.engine.rows(world.engine.local('inbox')),
    row: (subject) => {
      const found = world.rows().find((each) => each.subject === subject)
      if (!found) throw new Error(`no row ${subject}`)
      return found
    },
    id: (subject) => world.row(subject).id,
    sent: (name) => server.commands.slice(seen).filter((command) => command.startsWith(name)),
    forget: () => {
      seen = server.commands.length
    },
    restart: async () => {
      world.engine = await world.engine.restart()
      await world.engine.engine.parts.passwords.set(account.id, 'incoming', 'right', false)
      answer()
    },
    passDays: (days) => {
      clock.at += days * day
    },
    close: async () => {
      await world.engine.close()
      await server.close()
    },
  }

  function answer(): void {
    const { engine: inner } = world.engine
    inner.on('forecastNeeded', ({ request, forecast }) => {
      forecasts.push(forecast)
      const accept = world.isAgreeing
      if (accept !== undefined) setImmediate(() => void inner.handlers['forecast.answer']({ request, accept }, signal))
    })
  }
  answer()
  return world
}
