import { readFile } from 'node:fs/promises'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { RunProgress, RunTask } from '../../../shared/domain/run.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import { fromErrorInfo, MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../../engine/mime/facts.ts'
import { parseMessage } from '../../engine/mime/parse-message.ts'
import { withCrlf } from '../../engine/mime/line-ends.ts'
import { ordinaryJob } from '../../engine/sync/pop3-job.ts'
import { accountNamed } from './account-commands.ts'
import { UsageError } from './arguments.ts'
import type { CliContext } from './cli-context.ts'

export async function syncAccounts(context: CliContext): Promise<void> {
  const { engine, args, print, note } = context
  const accounts = args.account === undefined ? null : [accountNamed(context, args.account).id]
  const stopTelling = args.json ? () => {} : tellProgress(context)
  const started = performance.now()
  const stopAnswering = answerForecasts(context)
  const deletedBefore = deletedUidls(context)
  const pop3 = args.headersOnly ? ({ newMail: 'headers', marks: 'none', deletions: false } as const) : ordinaryJob
  const { done } = engine.parts.runs.start({ accounts, receive: true, send: true, isForeground: true, bodies: args.bodies, pop3 })
  const result = await done
  stopAnswering()
  stopTelling()
  const seconds = Math.round(performance.now() - started) / 1000
  for (const task of result.tasks) for (const text of task.notes) note(`${task.accountName}: ${text}`)
  if (args.json) print(JSON.stringify({ accounts: report(context, { result, seconds, deletedBefore }) }))
  else print(`${result.received} received, ${result.sent} sent in ${seconds} s`)
  const failed = result.tasks.find((task) => task.error)
  if (!failed?.error) return
  if (args.json && result.tasks.some((task) => task.state === 'completed')) note('Some accounts failed; see "error".')
  throw fromErrorInfo(failed.error)
}

/** Queues the file as it is, with the recipients that its header names, and sends. */
export async function sendFile(context: CliContext, words: readonly string[]): Promise<void> {
  const { engine, args, print } = context
  const [file] = words
  if (file === undefined) throw new UsageError('send needs a file.')
  const account = accountNamed(context, args.account)
  const raw = withCrlf(await readFile(file))
  const facts = messageFacts(parseMessage(raw))
  const { to, cc, bcc } = facts.envelope
  const recipients = [...new Set([...to, ...cc, ...bcc].map((entry) => entry.address))]
  if (recipients.length === 0) throw new MailError('bad-input', 'The message has no recipient in To, Cc or Bcc.')
  if (bcc.length > 0) throw new MailError('bad-input', 'The file has a Bcc header, which everybody would read. Remove it.')
  const { store, runs, ports } = engine.parts
  const outbox = store.folders.byRole(null, 'outbox')
  if (!outbox) throw new MailError('store-damaged', 'The Outbox is missing.')
  const body = store.bodies.put(raw)
  const id = store.transaction(() => {
    const now = ports.clock.now()
    const flags = { seen: true }
    const message = store.messages.add({ folder: outbox.id, account: account.id, facts, flags, size: raw.length, receivedAt: now, body })
    store.outbox.add({ message, account: account.id, sender: account.identity.address, recipients, related: null })
    return message
  }, 'full')
  const result = await runs.start({ accounts: [account.id], receive: false, send: true, isForeground: true, bodies: 'on-demand' }).done
  const state = store.outbox.find(id)?.state ?? 'sent'
  print(args.json ? JSON.stringify({ id, state }) : `Message ${id}: ${state}`)
  const failed = result.tasks.find((task) => task.error)
  if (failed?.error) throw fromErrorInfo(failed.error)
}

/** Nobody sits there to be asked, so the answer was given with the command. */
function answerForecasts({ engine, args, note }: CliContext): () => void {
  const { forecasts } = engine.parts
  return engine.on('forecastNeeded', ({ request, forecast }) => {
    const what = `${forecast.deleteNow} of ${forecast.serverMessages} messages`
    note(`${forecast.accountName}: ${args.agree ? 'deleting' : 'not deleting (see --agree)'} ${what} on the server`)
    // The one who asks is not waiting yet when the event comes.
    queueMicrotask(() => forecasts.answer(request, args.agree))
  })
}

function deletedUidls({ engine }: CliContext): ReadonlySet<string> {
  const { store } = engine.parts
  return new Set(
    store.accounts
      .list()
      .flatMap(({ id }) => [...store.uidls.known(id).values()].flatMap(({ uidl, state }) => (state === 'deleted' ? `${id} ${uidl}` : []))),
  )
}

interface SyncResult {
  readonly result: RunProgress
  readonly seconds: number
  readonly deletedBefore: ReadonlySet<string>
}

function report(context: CliContext, { result, seconds, deletedBefore }: SyncResult) {
  const { engine, args } = context
  const deleted = [...deletedUidls(context)].filter((key) => !deletedBefore.has(key))
  const names = new Map<AccountId, string>(result.tasks.map((task) => [task.account, task.accountName]))
  return [...names].map(([id, name]) => {
    const own = result.tasks.filter((task) => task.account === id)
    const of = (kind: RunTask['kind'], what: (task: RunTask) => number) =>
      own.filter((task) => task.kind === kind).reduce((sum, task) => sum + what(task), 0)
    const isImap = engine.parts.store.accounts.find(id)?.protocol === 'imap'
    const isHeaders = args.bodies !== 'all' && (args.headersOnly || isImap)
    const got = of('receive', (task) => task.done)
    const failed = own.find((task) => task.error)?.error
    return {
      name,
      received: isHeaders ? 0 : got,
      headers: isHeaders ? got : 0,
      sent: of('send', (task) => task.done),
      deletedOnServer: deleted.filter((key) => key.startsWith(`${id} `)).length,
      bytes: of('receive', (task) => task.bytesDone),
      seconds,
      ...(failed && { error: { code: errorText(failed).spoken, detail: failed.detail } }),
    }
  })
}

function tellProgress({ engine, note }: CliContext): () => void {
  let last = ''
  return engine.on('runProgress', ({ tasks }) => {
    const task = tasks.find((each) => each.state === 'executing')
    if (!task) return
    const line = task.total > 0 ? `${task.accountName}: ${task.done} of ${task.total}` : `${task.accountName}: ${task.text}`
    if (line !== last) note(line)
    last = line
  })
}
