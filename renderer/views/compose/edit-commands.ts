import { useEffect, useMemo, useRef } from 'react'

export type EditCommand = 'undo' | 'redo' | 'cut' | 'copy' | 'selectAll'

export interface EditCommands {
  readonly run: (command: EditCommand) => void
  /** Rejects when the clipboard may not be read. */
  readonly paste: () => Promise<void>
}

/**
 * Menu and toolbar act on the field where the caret was before they took the focus. execCommand is old, and still the only
 * way by which a page joins the field's own undo history.
 */
export function useEditCommands(): EditCommands {
  const last = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null)
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')) last.current = target
    }
    document.addEventListener('focusin', onFocus)
    return () => document.removeEventListener('focusin', onFocus)
  }, [])
  return useMemo(() => {
    // A menu gives the focus back to its title when it has closed; only then it is the field's turn.
    const inField = (act: () => void) =>
      setTimeout(() => {
        last.current?.focus()
        act()
      }, 60)
    return {
      run: (command) => void inField(() => document.execCommand(command)),
      async paste() {
        const pasted = await navigator.clipboard.readText()
        inField(() => document.execCommand('insertText', false, pasted))
      },
    }
  }, [])
}
