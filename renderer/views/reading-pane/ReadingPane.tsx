import { useEffect, useState } from 'react'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import { isRemote } from '../../commands/remote-mail.ts'
import { useObservable } from '../../live/observable.ts'
import { indexOfId, type RowWindows, rowAt } from '../../live/row-windows.ts'
import { useServices } from '../../live/services.tsx'
import { useFolderMap, useSettings } from '../../live/use-live.ts'
import { type MessageState, useMessage } from '../../live/use-message.ts'
import { mainWords } from '../../text/main.ts'
import { countSelected } from '../message-list/selection.ts'
import { HeaderOnlyPane } from '../remote/HeaderOnlyPane.tsx'
import { useMain, useViewState } from '../shell/main-context.tsx'
import { MessagePane } from './MessagePane.tsx'
import './reading-pane.css'

/** The preview: the one selected message, or a word about why there is none. */
export function ReadingPane() {
  const { state } = useMain()
  const selection = useObservable(state.selection)
  const { rows } = useViewState(useObservable(state.view))
  const count = countSelected(selection, rows.total)
  const only = selection.all || selection.ids.size !== 1 ? null : ([...selection.ids][0] ?? null)
  const id = useSettled(only)
  const remote = useRemoteRow(id, rows)
  const message = useMessage(remote ? null : id)
  useMarkAsRead(message)
  return (
    <section className="reading-pane" data-pane tabIndex={-1} aria-label={mainWords.readingPane}>
      {remote ? (
        <HeaderOnlyPane key={remote.id} row={remote} />
      ) : message.status !== 'none' ? (
        <MessagePane state={message} />
      ) : (
        <p className="message-note">{count > 1 ? mainWords.severalSelected(count) : mainWords.nothingSelected}</p>
      )}
    </section>
  )
}

/** A message whose body is on a POP3 server is not opened: what shall become of it is asked. */
function useRemoteRow(id: MessageId | null, rows: RowWindows): MessageSummary | undefined {
  const folders = useFolderMap()
  const row = id === null ? undefined : rowAt(rows, indexOfId(rows, id))
  return row && isRemote(row) && folders?.get(row.folder)?.account === null ? row : undefined
}

/** While somebody holds an arrow key, messages fly by: only the one that stays is opened. */
function useSettled(id: MessageId | null): MessageId | null {
  const [settled, setSettled] = useState({ id, at: 0 })
  useEffect(() => {
    if (settled.id === id) return
    const isCalm = performance.now() - settled.at > 200
    const timer = setTimeout(() => setSettled({ id, at: performance.now() }), isCalm ? 0 : 90)
    return () => clearTimeout(timer)
  }, [id, settled])
  // Nothing selected is shown at once.
  return id === null ? null : settled.id
}

/** A message counts as read once it has been looked at for the time that the settings say. */
function useMarkAsRead(message: MessageState): void {
  const { engine } = useServices()
  const seconds = useSettings()?.markReadAfterSeconds
  const unread = message.status === 'ready' && !message.message.summary.flags.seen ? message.id : null
  useEffect(() => {
    if (unread === null || seconds === null || seconds === undefined) return
    const mark = () => engine.call('messages.setFlags', { ids: [unread], add: ['seen'], remove: [] }).catch(() => undefined)
    const timer = setTimeout(() => void mark(), seconds * 1000)
    return () => clearTimeout(timer)
  }, [engine, unread, seconds])
}
