import type { BrowserContext, Page } from '@playwright/test'

/** Menu by menu with the mouse, the last one a command. */
export async function chooseFromMenu(page: Page, menu: string, ...items: readonly string[]): Promise<void> {
  await page.getByRole('menuitem', { name: menu, exact: true }).click()
  for (const name of items) {
    const item = page.getByRole('menuitem', { name }).or(page.getByRole('menuitemcheckbox', { name }))
    await item.click()
  }
}

/** The window that an action opens. */
export async function popupOf(context: BrowserContext, act: () => Promise<void>): Promise<Page> {
  const [popup] = await Promise.all([context.waitForEvent('page'), act()])
  return popup
}

/** An action that closes its own window: the window may be gone before the action is told that it was done. */
export async function closing(page: Page, act: () => Promise<void>): Promise<void> {
  const closed = page.waitForEvent('close')
  await act().catch((error: unknown) => {
    if (!page.isClosed()) throw error
  })
  await closed
}
