import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { discardDraft, saveDraft } from '../operations/save-draft.ts'
import { queueForSending } from '../operations/queue-for-sending.ts'
import { startDraft } from '../operations/start-draft.ts'
import { fetchBody } from './messages-api.ts'
import type { EngineParts } from './parts.ts'

type ComposeApi = Pick<
  EngineHandlers,
  'compose.start' | 'compose.reopen' | 'compose.upload' | 'drafts.save' | 'drafts.discard' | 'outbox.queue' | 'outbox.list' | 'outbox.retry'
>

export function composeApi(parts: EngineParts): ComposeApi {
  const { store, uploads, runs, composer, ports } = parts
  const context = { store, clock: ports.clock, composer }

  return {
    async 'compose.start'({ kind, message, folder }, signal) {
      if (message !== null && !store.messages.details(message).body) await fetchBody(parts, message, signal)
      return startDraft(store, { kind, message, folder })
    },

    'compose.reopen'({ id }): Draft {
      const { role } = store.folders.get(store.messages.get(id).folder)
      const draft = role === 'drafts' || role === 'outbox' ? store.drafts.find(id) : undefined
      if (!draft) throw new MailError('message-missing', 'This message can not be edited.')
      return draft
    },

    'compose.upload': ({ upload, base64 }) => uploads.append(upload, Buffer.from(base64, 'base64')),

    async 'drafts.save'({ id, draft }) {
      return { id: await saveDraft(context, id, draft) }
    },

    'drafts.discard'({ id }) {
      discardDraft(store, id)
      return null
    },

    async 'outbox.queue'({ id, draft, now }) {
      const queued = await queueForSending(context, id, draft)
      if (!now || store.settings.get().offline || !store.settings.get().sendImmediately) return { id: queued, run: null }
      return {
        id: queued,
        run: runs.start({ accounts: [draft.account], receive: false, send: true, isForeground: true, bodies: 'on-demand' }).id,
      }
    },

    'outbox.list': () => store.outbox.list().map(({ message, state, error }) => ({ message, state, error })),

    'outbox.retry'({ id }) {
      const row = store.outbox.find(id)
      if (!row) throw new MailError('message-missing', 'This message is not in the Outbox any more.')
      if (row.state === 'sending') return null
      store.transaction(() => store.outbox.setState(id, 'waiting', null))
      return null
    },
  }
}
