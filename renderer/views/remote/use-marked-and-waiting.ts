import { useEffect, useState } from 'react'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { MarkCount } from '../../../shared/domain/pop3.ts'
import { mayBeSent } from '../../commands/remote-mail.ts'
import { useServices } from '../../live/services.tsx'
import { useFolders } from '../../live/use-live.ts'
import { rowsOf } from './all-rows.ts'

/** How many marks each account has, as of now; null while that is not known. */
export function useMarkCounts(): readonly MarkCount[] | null {
  const { engine } = useServices()
  const [counts, setCounts] = useState<readonly MarkCount[] | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    // Without them the wizard still works; it only can't say how many there are.
    engine.call('pop3.marks', {}, abort.signal).then(setCounts, () => undefined)
    return () => abort.abort()
  }, [engine])
  return counts
}

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
