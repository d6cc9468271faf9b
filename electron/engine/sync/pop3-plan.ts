import type { Pop3Options } from '../../../shared/domain/account.ts'
import type { Forecast } from '../../../shared/domain/pop3.ts'
import { isDue } from './pop3-forecast.ts'
import type { Pop3Job } from './pop3-job.ts'
import type { NamedMessage } from './pop3-naming.ts'

export interface PlanInput {
  /** In the server's order, which is oldest first. */
  readonly messages: readonly NamedMessage[]
  readonly options: Pop3Options
  readonly job: Pop3Job
  /** Epoch ms. */
  readonly now: number
}

/** What one connection does. Each message is in one list of the first three at most. */
export interface Pop3Plan {
  /** New: the header first (P10). */
  readonly headers: readonly NamedMessage[]
  /** RETR. */
  readonly bodies: readonly NamedMessage[]
  /** On the server only for as long as our DELE takes: what was here before this connection. */
  readonly deletions: readonly NamedMessage[]
  /** Those of `bodies` that leave the server once they are safe here. */
  readonly deletedAfterDownload: ReadonlySet<NamedMessage>
}

type Fate = 'header' | 'body' | 'body-then-delete' | 'delete' | 'stay'

/** P1, P9-P11. Pure. */
export function planPop3({ messages, options, job, now }: PlanInput): Pop3Plan {
  const fates = new Map(messages.map((message) => [message, fateOf(message, { options, job, now })]))
  const having = (...wanted: readonly Fate[]) => messages.filter((message) => wanted.includes(fates.get(message) ?? 'stay'))
  return {
    headers: having('header'),
    bodies: having('body', 'body-then-delete'),
    deletions: having('delete'),
    deletedAfterDownload: new Set(having('body-then-delete')),
  }
}

type Rules = Pick<PlanInput, 'options' | 'job' | 'now'>

function fateOf(message: NamedMessage, rules: Rules): Fate {
  const { options, job, now } = rules
  const { record } = message
  if (!record) return fateOfNew(message, rules)
  if (record.mark && isWanted(record.message, job)) {
    if (record.state !== 'header-only') return record.mark === 'retrieve-copy' ? 'stay' : 'delete'
    return record.mark === 'delete' ? 'delete' : record.mark === 'retrieve' ? 'body-then-delete' : 'body'
  }
  // A mark that is not carried out this time is still the last word on its message.
  if (record.mark) return 'stay'
  if (record.state === 'header-only') {
    // P11: not in remote mode any more, and small enough now: it comes like any other mail.
    const isFetched = job.newMail === 'as-set' && !options.headersOnly && !isTooLarge(message.size, options)
    return isFetched ? fetched(rules) : 'stay'
  }
  // A server that still has what it said it had deleted is told again.
  if (record.state === 'deleted') return job.deletions ? 'delete' : 'stay'
  return job.deletions && isDue({ ...record, goneAt: null }, options, now) ? 'delete' : 'stay'
}

function fateOfNew({ size }: NamedMessage, rules: Rules): Fate {
  const { options, job } = rules
  if (job.newMail === 'leave') return 'stay'
  return job.newMail === 'headers' || options.headersOnly || isTooLarge(size, options) ? 'header' : fetched(rules)
}

function fetched({ options, job }: Rules): Fate {
  return !options.leaveOnServer && job.deletions ? 'body-then-delete' : 'body'
}

function isTooLarge(size: number, { maxDownloadKb }: Pop3Options): boolean {
  return maxDownloadKb !== null && maxDownloadKb !== undefined && size > maxDownloadKb * 1024
}

function isWanted(message: number | null, { marks }: Pop3Job): boolean {
  return marks === 'all' || (marks !== 'none' && marks.some((id) => id === message))
}

/** B8: what the user is asked to agree to. Pure. */
export function forecastOf(
  { messages, options }: Pick<PlanInput, 'messages' | 'options'>,
  plan: Pop3Plan,
): Omit<Forecast, 'account' | 'accountName'> {
  const fresh = messages.filter((message) => !message.record)
  const leaving = new Set([...plan.deletions, ...plan.deletedAfterDownload])
  const staying = messages.filter((message) => !leaving.has(message))
  const days = options.leaveOnServer ? options.removeAfterDays : null
  const expected = new Set(plan.bodies)
  const later = days === null ? [] : staying.filter((message) => expected.has(message) || message.record?.state === 'downloaded')
  return {
    serverMessages: messages.length,
    serverBytes: bytesOf(messages),
    newMessages: fresh.length,
    newBytes: bytesOf(fresh),
    deleteNow: leaving.size,
    deleteNowBytes: bytesOf([...leaving]),
    deleteLater: days === null ? null : { days, count: later.length },
    never: staying.length - later.length,
  }
}

function bytesOf(messages: readonly NamedMessage[]): number {
  return messages.reduce((sum, { size }) => sum + size, 0)
}
