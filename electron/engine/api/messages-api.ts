import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { deleteMessages } from '../operations/delete-messages.ts'
import { applyFlagChange } from '../operations/set-flags.ts'
import type { EngineParts } from './parts.ts'

type MessagesApi = Pick<
  EngineHandlers,
  'views.open' | 'views.rows' | 'views.position' | 'views.close' | 'messages.open' | 'messages.setFlags' | 'messages.delete'
>

export function messagesApi(parts: EngineParts): MessagesApi {
  const { store, content, replayer } = parts
  return {
    'views.open': ({ request, count, near }) => store.views.open(request, count, near),
    'views.rows': ({ view, from, count }) => store.views.rows(view, from, count),
    'views.position': ({ view, message }) => store.views.position(view, message),
    'views.close'({ view }) {
      store.views.close(view)
      return null
    },

    async 'messages.open'({ id }, signal) {
      if (!store.messages.details(id).body) await fetchBody(parts, id, signal)
      return content.describe(id)
    },

    'messages.setFlags'({ ids, add, remove }) {
      store.transaction(() => applyFlagChange(store, { ids, add, remove }))
      replayer.soon()
      return null
    },

    'messages.delete'({ ids, permanently }) {
      store.transaction(() => deleteMessages(store, ids, permanently))
      replayer.soon()
      return null
    },
  }
}

/** I2: the body of a message is fetched when somebody opens it. */
export async function fetchBody({ store, work }: Pick<EngineParts, 'store' | 'work'>, id: MessageId, signal: AbortSignal): Promise<void> {
  const { summary, uid } = store.messages.details(id)
  const folder = store.folders.get(summary.folder)
  if (folder.account === null || uid === null || store.settings.get().offline) {
    throw new MailError('body-not-here', 'Only the header of this message is here.')
  }
  const account = store.accounts.get(folder.account)
  const raw = await work.withImap({ account, signal, isForeground: true }, 'read', async (session) => {
    const { uidValidity } = await session.select(folder.path)
    // The number would name another message now.
    if (uidValidity !== store.folders.syncState(folder.id).uidValidity)
      throw new MailError('message-missing', 'The folder was made anew on the server.')
    return session.fetchRaw(uid)
  })
  const body = store.bodies.put(raw)
  store.transaction(() => store.messages.recordBody(id, body, messageFacts(parseMessage(raw))))
}
