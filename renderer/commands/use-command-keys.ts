import { useEffect } from 'react'
import type { CommandId } from '../../shared/commands/catalog.ts'
import { dispatch } from './dispatch.ts'
import { commandFor, isInScope, pressesFocused } from './keys.ts'
import type { CommandTarget } from './target.ts'

/** Keys that the window as a whole understands; `commands` are those that this window has. */
export function useCommandKeys(target: CommandTarget, commands: ReadonlySet<CommandId>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || pressesFocused(event, document.activeElement)) return
      const id = commandFor(event, target.hostInfo.platform === 'mac')
      if (id === undefined || !commands.has(id) || !isInScope(id, document.activeElement)) return
      // Text that was marked in the message is copied by the browser itself.
      if (id === 'edit.copy' && String(window.getSelection() ?? '')) return
      event.preventDefault()
      dispatch(target, id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [target, commands])
}
