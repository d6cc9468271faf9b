import { expect, type Page } from '@playwright/test'

interface Counted {
  /** Labels of the fields that text was typed into, one for each field, in the order of the first letter. */
  readonly fields: readonly string[]
  /** Headings of the wizard's pages that were on screen. */
  readonly pages: readonly string[]
  readonly clicks: number
}

/** Watches the window from now on: which fields are really typed into, which pages of a wizard are seen, and whether a mouse was used. */
export async function countTyping(page: Page): Promise<() => Promise<Counted>> {
  await page.evaluate(() => {
    const counted = { fields: new Map<string, string>(), pages: new Set<string>(), clicks: 0 }
    const seePage = () => {
      const heading = document.querySelector('.wizard-head h2')?.textContent
      if (heading) counted.pages.add(heading)
      return heading ?? ''
    }
    document.addEventListener('input', ({ target, isTrusted }) => {
      const isText = target instanceof HTMLInputElement && !['radio', 'checkbox', 'range', 'file'].includes(target.type)
      if (!isText || !isTrusted) return
      const label = target.labels?.[0]?.textContent ?? target.getAttribute('aria-label') ?? '?'
      // The same label may stand on two pages or in two dialogs: those are two fields.
      const dialog = target.closest('[role="dialog"], [role="alertdialog"]')?.querySelector('h2')?.textContent ?? ''
      counted.fields.set(`${dialog} ${seePage()} ${label}`, label)
    })
    new MutationObserver(seePage).observe(document.body, { childList: true, subtree: true, characterData: true })
    document.addEventListener('pointerdown', () => counted.clicks++, { capture: true })
    Object.assign(window, { countedTyping: counted })
  })
  return () =>
    page.evaluate(() => {
      const { fields, pages, clicks } = (window as unknown as { countedTyping: CountedInPage }).countedTyping
      return { fields: [...fields.values()], pages: [...pages], clicks }
    })
}

interface CountedInPage {
  readonly fields: ReadonlyMap<string, string>
  readonly pages: ReadonlySet<string>
  readonly clicks: number
}

/** By keyboard only, and with no more typing and paging than that. */
export function expectAtMost({ fields, pages, clicks }: Counted, limit: { readonly fields: number; readonly pages?: number }): void {
  expect(clicks).toBe(0)
  expect(fields.length, `typed into: ${fields.join(', ')}`).toBeLessThanOrEqual(limit.fields)
  expect(fields.length).toBeGreaterThan(0)
  if (limit.pages !== undefined) expect(pages.length, `pages: ${pages.join(', ')}`).toBeLessThanOrEqual(limit.pages)
}
