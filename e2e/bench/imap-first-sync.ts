// One first look at a folder, in a process of its own, which prints what it cost as JSON. Words: how, port, user, data folder.
// How: `library` fetches what we fetch with imapflow alone and keeps nothing; `engine` is a first Send and Receive with no window;
// `screen` the same with the folder open in a list that is read all the time.
import { existsSync, readFileSync } from 'node:fs'
import { ImapFlow } from 'imapflow'
import { createEngine, type Engine } from '../../electron/engine/engine.ts'
import { silentLogger } from '../../electron/engine/log.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'
import { newAccountSettings } from '../../shared/domain/new-account.ts'
import type { FolderId } from '../../shared/domain/ids.ts'
import { quantile } from './result.ts'

export interface FirstSync {
  readonly messages: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
  /** `screen` only: until the newest 100 could be read, and the reading of a page of 50 rows meanwhile. */
  readonly firstScreenSeconds?: number
  readonly pageMs95?: number
}

const [how = '', port = '', user = '', dataFolder = ''] = process.argv.slice(2)
const password = process.env.POSTRIDER_PASSWORD ?? ''
/** The same as ours: see fetched-messages.ts. */
const summaryFields = [
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'in-reply-to', 'references'],
  ...['x-priority', 'x-msmail-priority', 'importance', 'priority', 'content-type'],
]
const signal = new AbortController().signal
const pageEveryMs = 25

process.stdout.write(`${JSON.stringify(await (how === 'library' ? byLibrary() : byEngine()))}\n`)

async function measured(work: () => Promise<number>): Promise<FirstSync> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const messages = await work()
  const { user: own, system } = process.cpuUsage(cpu)
  return {
    messages,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (own + system) / 1e6,
    peakMegabytes: peakKilobytes() / 1024,
  }
}

/** Of this process alone: what getrusage(2) says begins with the size of the process that started it. */
function peakKilobytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
}

function byLibrary(): Promise<FirstSync> {
  const auth = { user, pass: password }
  const client = new ImapFlow({ host: '127.0.0.1', port: Number(port), secure: false, doSTARTTLS: false, auth, logger: false })
  return measured(async () => {
    await client.connect()
    const { exists } = await client.mailboxOpen('INBOX')
    let messages = 0
    const query = { uid: true, flags: true, size: true, internalDate: true, bodyStructure: true, headers: summaryFields }
    for (let from = 1; from <= exists; from += 500) messages += (await client.fetchAll(`${from}:${from + 499}`, query)).length
    await client.logout()
    return messages
  })
}

async function byEngine(): Promise<FirstSync> {
  const engine = await createEngine({ dataFolder, clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: 'bench' })
  const server = { host: '127.0.0.1', port: Number(port), security: 'none' } as const
  const answers = { name: 'Bench', address: 'bench@example.org', protocol: 'imap', user, rememberPassword: true } as const
  const settings = newAccountSettings({ ...answers, incoming: server, outgoing: server })
  const account = await engine.handlers['accounts.add']({ settings, password, outgoingPassword: null }, signal)
  if (how === 'screen') await engine.handlers['folders.download']({ id: account.id }, signal)
  const reader = how === 'screen' ? readAllTheTime(engine, inboxOf(engine)) : undefined
  const result = await measured(async () => {
    const run = { accounts: null, receive: true, send: false, isForeground: true, bodies: 'on-demand' } as const
    const { received, tasks } = await engine.parts.runs.start(run).done
    const failed = tasks.find((task) => task.error)
    if (failed) throw new Error(JSON.stringify(failed.error))
    return received
  })
  const read = reader?.stop()
  await engine.close()
  return { ...result, ...read }
}

function inboxOf(engine: Engine): FolderId {
  const inbox = engine.parts.store.folders.list().find(({ account, role }) => account !== null && role === 'inbox')
  if (!inbox) throw new Error('There is no Inbox.')
  return inbox.id
}

/** Asks for a page as a window does; each answer is as late as the engine was busy. */
function readAllTheTime(engine: Engine, folder: FolderId) {
  const started = performance.now()
  const late: number[] = []
  let firstScreenSeconds: number | undefined
  const request = { folder, sort: 'received', descending: true, search: null } as const
  const { view } = engine.parts.store.views.open(request, 50, null)
  let due = performance.now() + pageEveryMs
  const timer = setInterval(() => {
    const { total, rows } = engine.parts.store.views.rows(view, 0, 50)
    if (rows.length > 0) engine.parts.store.views.rows(view, Math.floor(Math.random() * total), 50)
    const now = performance.now()
    if (total >= 100) firstScreenSeconds ??= (now - started) / 1000
    late.push(Math.max(0, now - due))
    due = now + pageEveryMs
  }, pageEveryMs)
  return {
    stop() {
      clearInterval(timer)
      return { firstScreenSeconds: firstScreenSeconds ?? Number.NaN, pageMs95: quantile(late, 0.95) }
    },
  }
}
