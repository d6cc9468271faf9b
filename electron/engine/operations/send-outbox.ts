import type { Account } from '../../../shared/domain/account.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError, toErrorInfo, type ErrorInfo } from '../../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../../shared/errors/registry.ts'
import type { SendResult, Transmission } from '../protocol/smtp/smtp-session.ts'
import type { OutboxRow } from '../store/outbox-table.ts'
import type { Store } from '../store/store.ts'
import type { ReceiveProgress } from '../sync/progress.ts'
import { fileSent } from './file-sent.ts'
import { applyFlagChange } from './set-flags.ts'

export interface SendContext {
  readonly account: Account
  readonly store: Store
  readonly signal: AbortSignal
  readonly progress: ReceiveProgress
  /** Items that a server refused are tried again only when the user started this. */
  readonly retryRefused: boolean
  /** Given: only these, as ticked in the Remote Connection Wizard. */
  readonly only?: readonly MessageId[] | undefined
  send(transmission: Transmission, raw: Buffer): Promise<SendResult>
}

/** Sends what waits in the Outbox for one account. Throws the first trouble after every item had its turn (T4). */
export async function sendOutbox(context: SendContext): Promise<void> {
  const items = waitingItems(context)
  const sizes = new Map(items.map((item) => [item.message, context.store.messages.get(item.message).size]))
  context.progress.expect(
    items.length,
    [...sizes.values()].reduce((sum, size) => sum + size, 0),
  )
  let trouble: MailError | undefined
  for (const [index, item] of items.entries()) {
    context.signal.throwIfAborted()
    context.progress.say(`Sending message ${index + 1} of ${items.length}...`)
    trouble = (await sendItem(context, item)) ?? trouble
    context.progress.got(1, sizes.get(item.message) ?? 0)
  }
  if (trouble) throw trouble
}

export function waitingItems({
  store,
  account,
  retryRefused,
  only,
}: Pick<SendContext, 'store' | 'account' | 'retryRefused' | 'only'>): readonly OutboxRow[] {
  return store.outbox
    .list()
    .filter((row) => row.account === account.id && (row.state === 'waiting' || (retryRefused && row.state === 'refused')))
    .filter((row) => only === undefined || only.includes(row.message))
}

/** T3: what was being sent when the program ended may have arrived. Only the user may send it again. */
export function settleInterrupted(store: Store): void {
  const interrupted = store.outbox.list().filter((row) => row.state === 'sending')
  if (interrupted.length === 0) return
  const error: ErrorInfo = { code: 'send-unsure', message: 'The program ended while this message was being sent.', detail: {} }
  store.transaction(() => {
    for (const row of interrupted) store.outbox.setState(row.message, 'unsure', error)
  })
}

/** Returns what is to be told, when the item could not go to everybody. Throws when the connection itself failed. */
async function sendItem(context: SendContext, item: OutboxRow): Promise<MailError | undefined> {
  const { store } = context
  const { body } = store.messages.details(item.message)
  if (!body) throw new MailError('store-damaged', 'A message in the Outbox has no body.')
  const raw = store.bodies.read(body)
  store.transaction(() => store.outbox.setState(item.message, 'sending', null), 'full') // T1
  try {
    const result = await context.send({ sender: item.sender, recipients: item.recipients }, raw)
    recordSent(context, item)
    return refusalOf(result, context.account)
  } catch (error) {
    const info = toErrorInfo(error)
    const state = info.code === 'send-unsure' ? 'unsure' : isAboutThisMessage(info) ? 'refused' : 'waiting'
    store.transaction(() => store.outbox.setState(item.message, state, info), 'full')
    if (state === 'waiting') throw error
    return error as MailError
  }
}

/** T2. The row keeps its id, so a window that shows it goes on showing it. */
function recordSent({ store, account }: SendContext, item: OutboxRow): void {
  const sent = store.folders.byRole(null, 'sent')
  if (!sent) throw new MailError('store-damaged', 'The Sent Items folder is missing.')
  store.transaction(() => {
    store.outbox.remove(item.message)
    keepBcc(store, item.message)
    store.messages.move([item.message], sent.id)
    store.messages.setFlags([item.message], ['seen'], ['draft'])
    if (item.related && store.messages.find(item.related.message)) {
      const flag = item.related.kind === 'reply' ? 'answered' : 'forwarded'
      applyFlagChange(store, { ids: [item.related.message], add: [flag], remove: [] })
    }
    if (account.protocol === 'imap' && account.imap.storeSpecialFolders) {
      store.operations.add({ account: account.id, kind: fileSent.kind, payload: { message: item.message satisfies MessageId } })
    }
  }, 'full')
}

/** Bcc is not in the bytes: of the draft, only that is worth keeping beside the sent copy. */
function keepBcc(store: Store, message: MessageId): void {
  const draft = store.drafts.find(message)
  if (draft?.bcc) store.drafts.set(message, { ...draft, text: '', attachments: [] })
  else store.drafts.remove(message)
}

function refusalOf({ refused }: SendResult, account: Account): MailError | undefined {
  const [first] = refused
  if (!first) return undefined
  return new MailError('recipient-refused', 'The message was sent, but not to everybody.', {
    account: account.name,
    server: account.outgoing.host,
    port: account.outgoing.port,
    protocol: 'SMTP',
    secure: account.outgoing.security,
    address: refused.map((entry) => entry.address).join(', '),
    reply: first.reply,
  })
}

/** Trouble with the line or the log-on meets the next item as well; trouble with a message does not. */
function isAboutThisMessage({ code }: ErrorInfo): boolean {
  return (
    (['recipient-refused', 'message-refused', 'over-quota', 'bad-input'] as const).some((own) => own === code) &&
    errorRegistry[code].remedy !== 'retry'
  )
}
