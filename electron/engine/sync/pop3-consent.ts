import type { Pop3Options } from '../../../shared/domain/account.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Listing } from './pop3-listing.ts'
import type { Pop3SyncContext } from './pop3-context.ts'
import { forecastOf, type Pop3Plan } from './pop3-plan.ts'

/** A server hangs up on who says nothing for ten minutes (RFC 1939 section 3). */
const keepAliveMs = 60_000

/** Nobody else gets at the maildrop while it is kept open for an answer. */
const mostPatienceMs = 10 * 60_000

const tooLate = new MailError('cancelled', 'The question was not answered in time.')

/** The user's yes to deletions on the server, asked for while messages still come in (P13). */
export class Consent {
  readonly #context: Pop3SyncContext
  readonly #end = new AbortController()
  #isAsking = false
  readonly #answer: Promise<boolean>

  constructor(context: Pop3SyncContext, listing: Listing, plan: Pop3Plan) {
    this.#context = context
    this.#answer = this.#ask(listing, plan)
    this.#answer.catch(() => {
      // Whoever waits for it is told; when the connection has failed before, nobody does.
    })
  }

  /** Keeps the connection alive while the user thinks. */
  async given(): Promise<boolean> {
    const { session, store, account, progress } = this.#context
    const timer = setInterval(() => {
      session.noop().catch((error: unknown) => this.#end.abort(error))
    }, keepAliveMs)
    const patience = setTimeout(() => this.#end.abort(tooLate), mostPatienceMs)
    if (this.#isAsking) progress.say('Waiting for your answer: messages are to be deleted from the server...')
    try {
      const isGiven = await this.#answer
      if (!isGiven) return false
      // What was agreed to may not be what is wanted any more.
      const now = store.accounts.find(account.id)
      return now !== undefined && keyOf(now.pop3) === keyOf(account.pop3)
    } catch (error) {
      if (error !== tooLate) throw error
      progress.note('Nothing was deleted from the server, because nobody answered the question about it.')
      return false
    } finally {
      clearInterval(timer)
      clearTimeout(patience)
    }
  }

  /** Takes the question back, if it is still open. */
  close(): void {
    this.#end.abort(new MailError('cancelled', 'The connection has ended.'))
  }

  async #ask(listing: Listing, plan: Pop3Plan): Promise<boolean> {
    const { account, store, forecasts, progress, signal } = this.#context
    const key = keyOf(account.pop3)
    if (store.pop3Accounts.agreed(account.id) === key) return true
    const forecast = forecastOf({ messages: listing.messages, options: account.pop3 }, plan)
    if (forecast.deleteNow === 0) return false
    if (!forecasts) {
      progress.note('Messages wait to be deleted from the server. Press Send/Receive to see and confirm that.')
      return false
    }
    this.#isAsking = true
    const isAgreed = await forecasts.ask(
      { account: account.id, accountName: account.name, ...forecast },
      AbortSignal.any([signal, this.#end.signal]),
    )
    this.#isAsking = false
    if (isAgreed) store.transaction(() => store.pop3Accounts.setAgreed(account.id, key), 'full')
    else progress.note('Nothing was deleted from the server, because you did not agree.')
    return isAgreed
  }
}

/** What a yes is given for: another key is another question. */
export function keyOf({ leaveOnServer, removeAfterDays, removeWhenDeleted }: Pop3Options): string {
  return JSON.stringify([leaveOnServer, leaveOnServer ? removeAfterDays : null, leaveOnServer && removeWhenDeleted])
}
