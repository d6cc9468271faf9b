import type { AccountId } from '../../../shared/domain/ids.ts'
import type { Pop3Capabilities } from '../protocol/pop3/pop3-replies.ts'

/** A server that wants more than a day has made a mistake. */
const longest = 24 * 3_600_000

/** How long a POP3 server wants to be left alone after a visit (RFC 2449 section 6.5), in ms. Pure. */
export function loginDelayOf(capabilities: Pop3Capabilities): number {
  const [seconds = ''] = capabilities.get('LOGIN-DELAY') ?? []
  return /^\d{1,9}$/.test(seconds) ? Math.min(longest, Number(seconds) * 1000) : 0
}

/** P15: when checks that nobody asked for may come again. What the user asks for is not held up: the server will say. */
export class AccountPauses {
  readonly #visits = new Map<AccountId, { readonly at: number; readonly delay: number }>()

  visited(account: AccountId, capabilities: Pop3Capabilities, now: number): void {
    this.#visits.set(account, { at: now, delay: loginDelayOf(capabilities) })
  }

  /** Epoch ms; a time that has passed when there is nothing to wait for. */
  notBefore(account: AccountId, now: number): number {
    const visit = this.#visits.get(account)
    // A clock that was set back says nothing about how long ago it was.
    return visit && now >= visit.at ? visit.at + visit.delay : 0
  }
}
