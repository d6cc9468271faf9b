/** Opens the manual in a window of its own. `at` is a heading of the page: an error code, for instance. */
export function openHelp(page = 'index', at = ''): void {
  const url = new URL(location.pathname, location.href)
  url.searchParams.set('window', 'help')
  url.searchParams.set('page', page)
  if (at) url.searchParams.set('at', at)
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  // Each place has a window of its own: one that is open already comes to the front.
  window.open(url, `help-${page}-${at}`, `popup,width=${Math.round(rem * 58)},height=${Math.round(rem * 44)}`)?.focus()
}

/**
 * F1 in any window and dialog: what is on screen says with `data-help` where in the manual it is explained, as `page` or
 * `page#heading`. The nearest one counts, else the last one of the topmost dialog, else the table of contents.
 */
export function helpOnScreen(root: Document = document): { readonly page: string; readonly at: string } {
  const dialogs = [...root.querySelectorAll('[role="dialog"], [role="alertdialog"]')]
  const near = root.activeElement?.closest('[data-help]') ?? dialogs.at(-1)?.querySelector('[data-help]')
  const [page = '', at = ''] = (near?.getAttribute('data-help') ?? 'index').split('#')
  return { page, at }
}

/** Before dialogs and fields see the key: none of them has a use of its own for it. */
export function listenForHelp(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'F1' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const { page, at } = helpOnScreen()
    openHelp(page, at)
  }
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}
