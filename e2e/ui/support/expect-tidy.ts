import { expect, type Page } from '@playwright/test'

/** What can be known about looks without eyes: nothing sticks out of the window, no text is cut off, and the focus is seen. */
export async function expectTidy(page: Page): Promise<void> {
  const found = await page.evaluate(untidiness)
  expect(found).toEqual([])
}

/** Runs in the page, so it can't use anything from outside. */
function untidiness(): readonly string[] {
  const found: string[] = []
  const { scrollWidth, scrollHeight } = document.documentElement
  if (scrollWidth > innerWidth) found.push(`the window is ${scrollWidth - innerWidth} px too narrow`)
  if (scrollHeight > innerHeight) found.push(`the window is ${scrollHeight - innerHeight} px too low`)
  const name = (element: Element) =>
    `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 60)}`

  /** Where an element may be seen: undefined as soon as something around it scrolls, for then it can be brought there. */
  const frameOf = (element: Element): DOMRect | undefined => {
    for (let around: Element | null = element; around; around = around.parentElement) {
      const style = getComputedStyle(around)
      if (style.textOverflow === 'ellipsis' || style.clipPath !== 'none' || style.visibility === 'hidden') return undefined
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return undefined
      if (around !== element && style.overflowX !== 'visible') return around.getBoundingClientRect()
      if (style.position === 'fixed') break
    }
    return new DOMRect(0, 0, innerWidth, innerHeight)
  }
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (!hasText || element.closest('[aria-hidden="true"], [inert]') || element.getClientRects().length === 0) continue
    const frame = frameOf(element)
    const box = element.getBoundingClientRect()
    if (!frame) continue
    const slack = 1.5
    if (
      box.left < frame.left - slack ||
      box.right > frame.right + slack ||
      box.top < frame.top - slack ||
      box.bottom > frame.bottom + slack
    )
      found.push(`cut off: ${name(element)}`)
  }

  const focused = document.activeElement
  const hasRing = (element: Element | null | undefined) => {
    if (!element) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
  }
  if (focused?.matches(':focus-visible') && !focused.matches('textarea, iframe, .dialog')) {
    const active = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
    const ringed = [focused, focused.parentElement, active].some(hasRing)
    if (!ringed) found.push(`the focus is not seen on ${name(focused)}`)
  }
  return found
}
