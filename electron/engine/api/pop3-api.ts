import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { Mark, MarkCount } from '../../../shared/domain/pop3.ts'
import { heldOnServer, onServer } from '../sync/pop3-forecast.ts'
import type { Pop3Job } from '../sync/pop3-job.ts'
import type { EngineParts } from './parts.ts'

type Pop3Api = Pick<
  EngineHandlers,
  | 'pop3.setMarks'
  | 'pop3.unmarkAll'
  | 'pop3.marks'
  | 'pop3.fetch'
  | 'pop3.deleteOnServer'
  | 'pop3.connect'
  | 'pop3.forecastOptions'
  | 'forecast.pending'
  | 'forecast.answer'
>

export function pop3Api({ store, runs, forecasts, ports }: EngineParts): Pop3Api {
  return {
    'pop3.setMarks'({ ids, mark }) {
      store.transaction(() => store.uidls.setMark(ids, mark))
      return null
    },

    'pop3.unmarkAll'({ account }) {
      store.transaction(() => store.uidls.clearMarks(account))
      return null
    },

    'pop3.marks': () => byAccount(store.uidls.markCounts()),

    'pop3.fetch'({ ids, keepCopy }) {
      const accounts = [...new Set(store.messages.getMany(ids).flatMap((row) => row.account ?? []))]
      store.transaction(() => store.uidls.setMark(ids, keepCopy ? 'retrieve-copy' : 'retrieve'))
      const pop3 = { newMail: 'leave', marks: ids, deletions: false } as const
      return { run: runs.start({ accounts, receive: true, send: false, isForeground: true, bodies: 'on-demand', pop3 }).id }
    },

    'pop3.deleteOnServer'({ ids }) {
      store.transaction(() => store.uidls.setMark(ids, 'delete'))
      return null
    },

    'pop3.connect'({ accounts: chosen, outgoing }) {
      const jobs = new Map(chosen.filter(({ headers, marks }) => headers || marks).map((job) => [job.account, jobOf(job)]))
      const receiveFrom = [...jobs.keys()]
      const senders = outgoing.flatMap((id) => store.outbox.find(id)?.account ?? [])
      const accounts = [...new Set([...receiveFrom, ...senders])]
      const options = { isForeground: true, bodies: 'on-demand', pop3: jobs, outgoing, receiveFrom } as const
      return { run: runs.start({ accounts, receive: jobs.size > 0, send: senders.length > 0, ...options }).id }
    },

    'pop3.forecastOptions'({ id, options }) {
      const records = [...store.uidls.known(id).values()]
      const before = store.accounts.get(id).pop3
      return { heldOnServer: heldOnServer({ records, before, after: options, now: ports.clock.now() }), onServer: onServer(records) }
    },

    'forecast.pending': () => forecasts.pending(),

    'forecast.answer'({ request, accept }) {
      forecasts.answer(request, accept)
      return null
    },
  }
}

/** Only headers sends no DELE (reference 10.5); with marks, what is due by the account's options goes as well. */
function jobOf({ headers, marks }: { readonly headers: boolean; readonly marks: boolean }): Pop3Job {
  return { newMail: headers ? 'headers' : 'leave', marks: marks ? 'all' : 'none', deletions: marks }
}

function byAccount(rows: readonly { readonly account: AccountId; readonly mark: Mark; readonly count: number }[]): readonly MarkCount[] {
  const none = { retrieve: 0, 'retrieve-copy': 0, delete: 0 }
  const counts = new Map<AccountId, Record<Mark, number>>()
  for (const { account, mark, count } of rows) counts.set(account, { ...(counts.get(account) ?? none), [mark]: count })
  return [...counts].map(([account, marks]) => ({ account, marks }))
}
