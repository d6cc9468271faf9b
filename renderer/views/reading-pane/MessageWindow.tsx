import { useEffect, useMemo, useRef, useState } from 'react'
import type { CommandId } from '../../../shared/commands/catalog.ts'
import { commandsIn, messageMenuBar, messageToolbar } from '../../../shared/commands/menus.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { LayoutStore } from '../../cache/layout.ts'
import { menuOf, toolData } from '../../commands/menu-data.ts'
import { useCommandKeys } from '../../commands/use-command-keys.ts'
import { useObservable } from '../../live/observable.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts, useFolderMap, useSettings } from '../../live/use-live.ts'
import { useMessage } from '../../live/use-message.ts'
import { mainWords } from '../../text/main.ts'
import { MenuBar } from '../../widgets/MenuBar.tsx'
import { Toolbar } from '../../widgets/Toolbar.tsx'
import { DialogHost } from '../shell/DialogHost.tsx'
import { MessagePane } from './MessagePane.tsx'
import { createMessageTarget } from './message-target.ts'
import './message-window.css'

const commands: ReadonlySet<CommandId> = new Set(messageMenuBar.flatMap((menu) => commandsIn(menu.items)))

interface MessageWindowProps {
  /** `id`: the message to begin with. */
  readonly params: URLSearchParams
  readonly layout: LayoutStore
}

/** One message in a window of its own. */
export function MessageWindow({ params, layout }: MessageWindowProps) {
  const services = useServices()
  const latest = useRef(services)
  latest.current = services
  const [start] = useState(() => Number(params.get('id')) as MessageId)
  const target = useMemo(() => createMessageTarget(() => latest.current, layout, start), [layout, start])
  const id = useObservable(target.message)
  const message = useMessage(id)
  useAccounts()
  useFolderMap()
  useSettings()
  useObservable(layout)
  useCommandKeys(target, commands)

  const loaded = message.status === 'ready' ? message.message : null
  useEffect(() => target.opened(loaded), [target, loaded])
  useEffect(() => {
    if (loaded) document.title = loaded.envelope.subject || mainWords.noSubject
  }, [loaded])
  // Opening a message in its window is reading it.
  const isUnread = loaded !== null && !loaded.summary.flags.seen
  const [seen, setSeen] = useState<MessageId | null>(null)
  useEffect(() => {
    if (!isUnread || id === null || seen === id) return
    setSeen(id)
    services.engine.call('messages.setFlags', { ids: [id], add: ['seen'], remove: [] }).catch(() => undefined)
  }, [isUnread, id, seen, services.engine])

  const context = target.contextOf(loaded)
  return (
    <div className="message-window">
      <div className="chrome">
        {!services.hostInfo.hasNativeMenu && (
          <MenuBar label={mainWords.menuBar} menus={messageMenuBar.map((menu) => ({ ...menu, items: menuOf(menu.items, target) }))} />
        )}
        <Toolbar label={mainWords.toolbar} tools={toolData(messageToolbar, target, context)} />
      </div>
      <main className="message-window-pane">{message.status !== 'none' && <MessagePane state={message} />}</main>
      <DialogHost target={target} />
    </div>
  )
}
