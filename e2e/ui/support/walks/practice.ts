import { expect } from '@playwright/test'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu } from './steps.ts'
import type { Walk } from './walk.ts'

/** Help > Practice Faults. */
export const practice: Walk = (browser, look) =>
  withWindow(browser, { host: { practice: true } }, async ({ page }) => {
    await expect(page.getByRole('row', { name: 'Lunch on Sunday' })).toBeVisible()
    await chooseFromMenu(page, 'Help', 'Practice Faults')
    const panel = page.getByRole('dialog', { name: 'Practice Faults' })
    await expect(panel).toBeVisible()
    await panel.getByRole('radio', { name: 'Wrong certificate' }).check()
    await expect(panel.getByRole('status')).toContainText('somebody else')
    await look('practice-faults', page)
    await panel.getByRole('button', { name: 'Close' }).first().click()
    await expect(panel).toBeHidden()
  })
