import { expect } from '@playwright/test'
import { withWindow } from '../with-window.ts'
import { popupOf } from './steps.ts'
import type { Walk } from './walk.ts'

/** The manual in its window: F1. */
export const manual: Walk = (browser, look) =>
  withWindow(browser, {}, async ({ page, context }) => {
    await expect(page.getByRole('menubar')).toBeVisible()
    const help = await popupOf(context, () => page.keyboard.press('F1'))
    await expect(help.getByRole('heading', { level: 1 })).toBeVisible()
    await look('manual-contents', help)
    await help.getByRole('navigation').getByRole('button', { name: 'Checking an account' }).click()
    await expect(help.getByRole('table')).toBeVisible()
    await look('manual-page', help)
    await help.getByRole('navigation').getByRole('button', { name: 'Without a window' }).click()
    await expect(help.locator('pre').first()).toBeVisible()
    await look('manual-code', help)
    await help.close()
  })
