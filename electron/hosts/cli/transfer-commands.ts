import { readFile } from 'node:fs/promises'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { RunProgress, RunTask } from '../../../shared/domain/run.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import { fromErrorInfo, MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../../engine/mime/facts.ts'
import { parseMessage } from '../../engine/mime/parse-message.ts'
import { withCrlf } from '../../engine/mime/line-ends.ts'
import { accountNamed } from './account-commands.ts'
import { UsageError } from './arguments.ts'
import type { CliContext } from './cli-context.ts'

export async function syncAccounts(context: CliContext): Promise<void> {
  const { engine, args, print, note } = context
  const accounts = args.account === undefined ? null : [accountNamed(context, args.account).id]
  const stopTelling = args.json ? () => {} : tellProgress(context)
  const started = performance.now()
  const { done } = engine.parts.runs.start({ accounts, receive: true, send: true, isForeground: true, bodies: args.bodies })
  const result = await done
  stopTelling()
  const seconds = Math.round(performance.now() - started) / 1000
  if (args.json) print(JSON.stringify({ accounts: report(context, result, seconds) }))
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

function report({ engine }: CliContext, result: RunProgress, seconds: number) {
  const names = new Map<AccountId, string>(result.tasks.map((task) => [task.account, task.accountName]))
  return [...names].map(([id, name]) => {
    const own = result.tasks.filter((task) => task.account === id)
    const of = (kind: RunTask['kind'], what: (task: RunTask) => number) =>
      own.filter((task) => task.kind === kind).reduce((sum, task) => sum + what(task), 0)
    const isImap = engine.parts.store.accounts.find(id)?.protocol === 'imap'
    const got = of('receive', (task) => task.done)
    const failed = own.find((task) => task.error)?.error
    return {
      name,
      received: isImap ? 0 : got,
      headers: isImap ? got : 0,
      sent: of('send', (task) => task.done),
      deletedOnServer: 0,
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
