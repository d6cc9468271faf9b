/** F6 and Shift+F6: panes carry `data-pane`; the focus goes to what is marked inside, else to the pane itself. */
export function cyclePanes(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null)
  if (panes.length === 0) return
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = current < 0 ? (step > 0 ? 0 : panes.length - 1) : (current + step + panes.length) % panes.length
  const pane = panes[next]
  const inside = pane?.querySelector<HTMLElement>('[data-pane-focus]') ?? pane
  inside?.focus()
}
