import { useEffect, useState } from 'react'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import { mayBeSent } from '../../commands/remote-mail.ts'
import { useServices } from '../../live/services.tsx'
import { useFolders } from '../../live/use-live.ts'
import { rowsOf } from './all-rows.ts'

/** Messages of the Outbox that can be sent along; null while they are being looked for. */
export function useWaitingRows(): readonly MessageSummary[] | null {
  const { engine } = useServices()
  const folder = useFolders()?.find(({ account, role }) => account === null && role === 'outbox')?.id
  const [found, setFound] = useState<readonly MessageSummary[] | null>(null)
  useEffect(() => {
    if (folder === undefined) return
    const abort = new AbortController()
    const look = async () => {
      const items = await engine.call('outbox.list', {}, abort.signal)
      const ready = new Set<MessageId>(items.filter(({ state }) => mayBeSent(state)).map(({ message }) => message))
      const rows: MessageSummary[] = []
      for await (const part of rowsOf(engine, folder, abort.signal)) rows.push(...part.filter(({ id }) => ready.has(id)))
      if (!abort.signal.aborted) setFound(rows)
    }
    look().catch(() => undefined) // Nothing is offered for sending then.
    return () => abort.abort()
  }, [engine, folder])
  return found
}
