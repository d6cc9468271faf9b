import { useEffect, useRef } from 'react'
import { commandIds, isChecked, isEnabled } from '../../../shared/commands/catalog.ts'
import type { CommandContext } from '../../../shared/commands/context.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { useServices } from '../../live/services.tsx'
import { useFolders } from '../../live/use-live.ts'
import { useMain } from './main-context.tsx'

/** What the main window owes its host: the state of the native menu, the badge, and ears for both. */
export function useHostDuties(context: CommandContext): void {
  const { target } = useMain()
  const { host, hostInfo } = useServices()
  const folders = useFolders()
  const unread = (folders ?? []).reduce((sum, folder) => (folder.role === 'inbox' ? sum + folder.unread : sum), 0)
  const sentMenu = useRef('')

  useEffect(() => host.on('command', ({ id }) => dispatch(target, id)), [host, target])
  useEffect(() => void host.call('host.setBadge', { unread }).catch(() => undefined), [host, unread])
  useEffect(() => {
    if (!hostInfo.hasNativeMenu) return
    const enabled = commandIds.filter((id) => isEnabled(id, context))
    const checked = commandIds.filter((id) => isChecked(id, context))
    const state = JSON.stringify([enabled, checked])
    if (state === sentMenu.current) return
    sentMenu.current = state
    host.call('host.menuState', { enabled, checked }).catch(() => undefined)
  })
}
