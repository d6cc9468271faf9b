import type { OutboxState } from '../../shared/domain/draft.ts'
import type { AccountId, MessageId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import type { Mark } from '../../shared/domain/pop3.ts'
import type { RemoteChoices } from '../cache/layout.ts'
import { onceOnline, startRun } from './going-online.ts'
import type { CommandTarget } from './target.ts'

/** Only the header is here. In a local folder that means: the rest is on a POP3 server. */
export function isRemote(row: MessageSummary): boolean {
  return row.state === 'header-only'
}

/** Marks the selected headers; null takes their marks back. */
export function mark(wanted: Mark | null) {
  return async (target: CommandTarget): Promise<void> => {
    const rows = await target.allSelectedRows()
    const meant = rows.filter((row) => (wanted === null ? row.mark !== null : isRemote(row)))
    if (meant.length > 0) await target.engine.call('pop3.setMarks', { ids: meant.map(({ id }) => id), mark: wanted })
  }
}

export async function disconnect(target: CommandTarget): Promise<void> {
  const running = [...target.live.runs.get().values()].filter((run) => !run.isFinished && run.isForeground)
  for (const { run } of running) await target.engine.call('runs.stop', { run })
}

/** A message whose fate is unknown is never sent along with others. */
export function mayBeSent(state: OutboxState): boolean {
  return state === 'waiting' || state === 'refused'
}

/** What the Remote Connection Wizard has collected. */
export interface ConnectionPlan {
  readonly accounts: readonly AccountId[]
  /** Retrieve and send all new mail; the rest does not count then. */
  readonly everything: boolean
  readonly jobs: readonly { readonly account: AccountId; readonly headers: boolean; readonly marks: boolean }[]
  readonly outgoing: readonly MessageId[]
}

/** What is wanted of an account, by what is kept of the wizard's choices. */
export function isWantedOf(choice: boolean | readonly AccountId[], account: AccountId): boolean {
  return typeof choice === 'boolean' ? choice : choice.includes(account)
}

export function jobsOf(
  { headers, marks }: Pick<RemoteChoices, 'headers' | 'marks'>,
  accounts: readonly AccountId[],
): ConnectionPlan['jobs'] {
  return accounts.map((account) => ({ account, headers: isWantedOf(headers, account), marks: isWantedOf(marks, account) }))
}

export function connectFor(target: CommandTarget, plan: ConnectionPlan): Promise<void> {
  if (plan.everything) return startRun(target, { accounts: [...plan.accounts], receive: true, send: true })
  return onceOnline(target, async () => {
    await target.engine.call('pop3.connect', { accounts: [...plan.jobs], outgoing: [...plan.outgoing] })
  })
}

/** Connect...: the wizard, or the same as the last time if it was told not to ask. */
export async function connectAgain(target: CommandTarget): Promise<void> {
  const { confirms, ...choices } = target.layout.get().connection
  const known = new Set((target.live.accounts.get() ?? []).map(({ id }) => id))
  const accounts = choices.accounts?.filter((id) => known.has(id)) ?? []
  if (confirms || accounts.length === 0) return target.show({ kind: 'remote-connection' })
  const waiting = choices.outgoing ? await target.engine.call('outbox.list', {}) : []
  const outgoing = waiting.filter(({ state }) => mayBeSent(state)).map(({ message }) => message)
  await connectFor(target, { everything: choices.everything, accounts, jobs: jobsOf(choices, accounts), outgoing })
}
