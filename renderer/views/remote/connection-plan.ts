import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId, MessageId } from '../../../shared/domain/ids.ts'
import type { RemoteChoices } from '../../cache/layout.ts'
import { isWantedOf, jobsOf, type ConnectionPlan } from '../../commands/remote-mail.ts'

/** What the Remote Connection Wizard holds while it is open. */
export interface WizardChoices extends Omit<RemoteChoices, 'accounts' | 'outgoing'> {
  readonly accounts: readonly AccountId[]
  /** Messages that shall stay in the Outbox: unless told otherwise, all are sent or none. */
  readonly heldBack: ReadonlySet<MessageId> | 'all'
}

/** As the last time; the first time with the accounts that download headers only, or with all where there is none. */
export function startChoices({ accounts: last, outgoing, ...kept }: RemoteChoices, pop3: readonly Account[]): WizardChoices {
  const known = pop3.filter(({ id }) => last?.includes(id))
  const remote = pop3.filter((account) => account.pop3.headersOnly)
  const first = remote.length > 0 ? remote : pop3
  const accounts = (known.length > 0 ? known : first).map(({ id }) => id)
  return { ...kept, accounts, heldBack: outgoing ? new Set() : 'all' }
}

export function withAccount(choices: WizardChoices, account: AccountId, isWanted: boolean): WizardChoices {
  const others = choices.accounts.filter((id) => id !== account)
  return { ...choices, accounts: isWanted ? [...others, account] : others }
}

export function isSent({ heldBack }: WizardChoices, message: MessageId): boolean {
  return heldBack !== 'all' && !heldBack.has(message)
}

/** `waiting`: all that could be sent. */
export function withSending(
  choices: WizardChoices,
  waiting: readonly MessageId[],
  change: { id: MessageId; isSent: boolean },
): WizardChoices {
  const held = new Set(waiting.filter((id) => (id === change.id ? !change.isSent : !isSent(choices, id))))
  return { ...choices, heldBack: held }
}

export function planOf(choices: WizardChoices, waiting: readonly MessageId[]): ConnectionPlan {
  const { accounts, everything } = choices
  return { accounts, everything, jobs: jobsOf(choices, accounts), outgoing: waiting.filter((id) => isSent(choices, id)) }
}

/** Whether there is anything to connect for. */
export function hasWork({ accounts, everything, jobs, outgoing }: ConnectionPlan): boolean {
  return accounts.length > 0 && (everything || jobs.some(({ headers, marks }) => headers || marks) || outgoing.length > 0)
}

/** Ticks one job of one account; where all are alike, so will be an account that is added later. */
export function withJob(
  choices: WizardChoices,
  job: 'headers' | 'marks',
  { account, isWanted }: { readonly account: AccountId; readonly isWanted: boolean },
): WizardChoices {
  const wanted = choices.accounts.filter((id) => (id === account ? isWanted : isWantedOf(choices[job], id)))
  return { ...choices, [job]: wanted.length === choices.accounts.length ? true : wanted.length > 0 && wanted }
}

/** For the next time. */
export function rememberedChoices({ heldBack, ...choices }: WizardChoices, plan: ConnectionPlan): RemoteChoices {
  return { ...choices, outgoing: plan.outgoing.length > 0 || (heldBack !== 'all' && heldBack.size === 0) }
}
