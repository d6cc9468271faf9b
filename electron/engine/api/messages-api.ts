import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { deleteMessages } from '../operations/delete-messages.ts'
import { applyFlagChange } from '../operations/set-flags.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
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
      await fetchToRead(parts, id, signal)
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

/** Smaller ones come whole: that is one round trip instead of two, and they are here for the next time. */
const wholeUpTo = 300_000

/** I2: what is needed to read a message comes when somebody opens it: the whole of it, or of a large one its texts. */
async function fetchToRead(parts: EngineParts, id: MessageId, signal: AbortSignal): Promise<void> {
  const { store, content } = parts
  const { body, summary } = store.messages.details(id)
  if (body || content.hasPartial(id)) return
  if (summary.size <= wholeUpTo) return fetchBody(parts, id, signal)
  const partial = await onItsServer(parts, { id, signal }, (session, uid) => session.fetchTextFirst(uid))
  if (partial) content.keepPartial(id, partial)
  else await fetchBody(parts, id, signal)
}

/** The body of a message as it stands on the server comes to stay. */
export async function fetchBody(parts: Pick<EngineParts, 'store' | 'work'>, id: MessageId, signal: AbortSignal): Promise<void> {
  const { store } = parts
  const raw = await onItsServer(parts, { id, signal }, (session, uid) => session.fetchRaw(uid))
  const body = store.bodies.put(raw)
  store.transaction(() => store.messages.recordBody(id, body, messageFacts(parseMessage(raw))))
}

async function onItsServer<T>(
  { store, work }: Pick<EngineParts, 'store' | 'work'>,
  { id, signal }: { readonly id: MessageId; readonly signal: AbortSignal },
  read: (session: ImapSession, uid: number) => Promise<T>,
): Promise<T> {
  const { summary, uid } = store.messages.details(id)
  const folder = store.folders.get(summary.folder)
  if (folder.account === null || uid === null || store.settings.get().offline) {
    throw new MailError('body-not-here', 'Only the header of this message is here.')
  }
  const account = store.accounts.get(folder.account)
  return work.withImap({ account, signal, isForeground: true }, 'read', async (session) => {
    const { uidValidity } = await session.select(folder.path)
    // The number would name another message now.
    if (uidValidity !== store.folders.syncState(folder.id).uidValidity)
      throw new MailError('message-missing', 'The folder was made anew on the server.')
    return read(session, uid)
  })
}
