/** Pages the message that is shown. false: it is at its end, or its text belongs to a frame that only scrolls itself. */
export function pagePreview(step: 1 | -1): boolean {
  const box = document.querySelector<HTMLElement>('[data-message-scroll]')
  if (!box) return false
  const before = box.scrollTop
  box.scrollBy({ top: step * Math.max(40, box.clientHeight - 40) })
  return box.scrollTop !== before
}
