import { expect } from '@playwright/test'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu } from './steps.ts'
import type { Walk } from './walk.ts'

/** Tools > Options, page by page. */
export const options: Walk = (browser, look) =>
  withWindow(browser, {}, async ({ page }) => {
    await chooseFromMenu(page, 'Tools', 'Options')
    const dialog = page.getByRole('dialog', { name: 'Options' })
    for (const tab of ['General', 'Read', 'Send', 'Maintenance']) {
      await dialog.getByRole('tab', { name: tab }).click()
      await expect(dialog.getByRole('tabpanel', { name: tab })).toBeVisible()
      await look(`options-${tab.toLowerCase()}`, page)
    }
    await dialog.getByRole('button', { name: 'Show Log Files' }).click()
    await expect(dialog.getByRole('status')).toContainText('logs')
    await look('options-log-folder', page)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })
