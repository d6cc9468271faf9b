import { useEffect, useState } from 'react'
import type { FolderRole } from '../../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import { mayBeSent } from '../../commands/remote-mail.ts'
import { useServices } from '../../live/services.tsx'
import { useFolders } from '../../live/use-live.ts'
import { rowsOf } from './marked-messages.ts'

/** Rows of the Inbox of Local Folders that carry a mark; null while they are being looked for. */
export function useMarkedRows(): readonly MessageSummary[] | null {
  return useRowsOf(useLocalFolder('inbox'), isMarked)
}

/** Messages of the Outbox that can be sent along; null while they are being looked for. */
export function useWaitingRows(): readonly MessageSummary[] | null {
  const { engine } = useServices()
  const [ready, setReady] = useState<ReadonlySet<MessageId> | null>(null)
  const rows = useRowsOf(useLocalFolder('outbox'), all)
  useEffect(() => {
    const abort = new AbortController()
    engine.call('outbox.list', {}, abort.signal).then(
      (items) => setReady(new Set(items.filter(({ state }) => mayBeSent(state)).map(({ message }) => message))),
      () => undefined, // Nothing is offered for sending then.
    )
    return () => abort.abort()
  }, [engine])
  return ready && rows && rows.filter(({ id }) => ready.has(id))
}

const isMarked = (row: MessageSummary) => row.mark !== null
const all = () => true

function useLocalFolder(role: FolderRole): FolderId | undefined {
  return useFolders()?.find((folder) => folder.account === null && folder.role === role)?.id
}

function useRowsOf(folder: FolderId | undefined, wanted: (row: MessageSummary) => boolean): readonly MessageSummary[] | null {
  const { engine } = useServices()
  const [found, setFound] = useState<readonly MessageSummary[] | null>(null)
  useEffect(() => {
    if (folder === undefined) return
    const abort = new AbortController()
    const look = async () => {
      const rows: MessageSummary[] = []
      for await (const part of rowsOf(engine, folder, abort.signal)) rows.push(...part.filter(wanted))
      if (!abort.signal.aborted) setFound(rows)
    }
    // Without the rows the wizard still works; it only can't say how many there are.
    look().catch(() => undefined)
    return () => abort.abort()
  }, [engine, folder, wanted])
  return found
}
