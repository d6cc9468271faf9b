const target = new EventTarget()
const opened = 'opened'

/** Shows the Send/Receive dialog with the present or the last run: for the status bar and the menu. */
export function openRunDialog(): void {
  target.dispatchEvent(new Event(opened))
}

export function onRunDialogOpened(listener: () => void): () => void {
  target.addEventListener(opened, listener)
  return () => target.removeEventListener(opened, listener)
}
