import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { heldOnServer } from '../sync/pop3-forecast.ts'
import type { EngineParts } from './parts.ts'

type Pop3Api = Pick<
  EngineHandlers,
  | 'pop3.setMarks'
  | 'pop3.unmarkAll'
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

    'pop3.connect'({ accounts, headers, marks, outgoing }) {
      const pop3 = { newMail: headers ? 'headers' : 'leave', marks: marks ? 'all' : 'none', deletions: marks } as const
      const receive = headers || marks
      const senders = outgoing.flatMap((id) => store.outbox.find(id)?.account ?? [])
      const options = { isForeground: true, bodies: 'on-demand', pop3, outgoing, receiveFrom: accounts } as const
      return { run: runs.start({ accounts: [...accounts, ...senders], receive, send: senders.length > 0, ...options }).id }
    },

    'pop3.forecastOptions': ({ id, options }) => ({
      heldOnServer: heldOnServer({
        records: [...store.uidls.known(id).values()],
        before: store.accounts.get(id).pop3,
        after: options,
        now: ports.clock.now(),
      }),
    }),

    'forecast.pending': () => forecasts.pending(),

    'forecast.answer'({ request, accept }) {
      forecasts.answer(request, accept)
      return null
    },
  }
}
