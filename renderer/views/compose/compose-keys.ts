import { useEffect } from 'react'
import type { ComposeCommands } from './compose-menus.ts'

/** Alt+S and Ctrl+Enter send, Ctrl+S saves, Escape closes. Open dialogs and menus keep their own keys. */
export function useComposeKeys(commands: Pick<ComposeCommands, 'send' | 'save' | 'close'>, isMac: boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const command = composeCommandFor(event, isMac)
      if (!command || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return
      event.preventDefault()
      commands[command]()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export function composeCommandFor(press: Press, isMac: boolean): 'send' | 'save' | 'close' | undefined {
  const mod = isMac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey
  const isBare = !press.ctrlKey && !press.metaKey && !press.shiftKey
  if (press.key === 'Escape' && isBare && !press.altKey) return 'close'
  // With Alt some keyboard layouts write another letter: the place of the key decides.
  if (press.altKey && isBare && press.code === 'KeyS') return 'send'
  if (!mod || press.altKey || press.shiftKey) return undefined
  if (press.key === 'Enter') return 'send'
  return press.key.toLowerCase() === 's' ? 'save' : undefined
}
