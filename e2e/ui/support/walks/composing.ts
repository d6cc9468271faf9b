import { expect } from '@playwright/test'
import { withWindow } from '../with-window.ts'
import { popupOf } from './steps.ts'
import type { Walk } from './walk.ts'

/** The compose window: new, wrong, with files, with questions; answers; and what a crash left. */
export const composing: Walk = (browser, look) =>
  withWindow(browser, { host: { practice: true } }, async ({ context, page }) => {
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    await expect(page.getByRole('row', { name: 'Lunch on Sunday' })).toBeVisible()
    const compose = await popupOf(context, () => page.getByRole('button', { name: 'Create Mail' }).click())
    await compose.setViewportSize({ width: 864, height: 672 })
    await expect(compose.getByLabel('To:')).toBeFocused()
    await look('compose-new', compose)
    await compose.getByLabel('To:').fill('helen.taylor@example.com; bob at example')
    await compose.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(compose.getByRole('alert')).toBeVisible()
    await look('compose-wrong-address', compose)
    await compose.getByLabel('To:').fill('helen.taylor@example.com')
    await compose.getByRole('textbox', { name: 'Message' }).fill('Dear Mum,\n\nhere are the pictures.\n')
    await compose.locator('input[type=file]').setInputFiles([
      { name: 'plum cake.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(120_000) },
      { name: `${'a very long name '.repeat(10)}.txt`, mimeType: 'text/plain', buffer: Buffer.from('text') },
    ])
    await expect(compose.getByRole('listitem')).toHaveCount(2)
    await expect(compose.getByRole('progressbar')).toHaveCount(0)
    await compose.getByRole('button', { name: 'Priority', exact: true }).click()
    await expect(compose.getByText(/is (High|Low) Priority/)).toBeVisible()
    await look('compose-attachments', compose)
    await compose.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(compose.getByRole('alertdialog')).toBeVisible()
    await look('compose-no-subject', compose)
    await compose.getByRole('button', { name: 'Cancel' }).click()
    await compose.getByRole('menuitem', { name: 'File' }).click()
    await compose.getByRole('menuitem', { name: 'Close' }).click()
    await expect(compose.getByText('Do you want to save changes')).toBeVisible()
    await look('compose-save', compose)
    await compose.getByRole('button', { name: 'Cancel' }).click()
    await expect(compose.getByText('Kept on this computer')).toBeVisible()
    // As a crash would: without the question, and with the text still kept.
    await compose.close({ runBeforeUnload: false })

    await page.getByRole('row', { name: 'Lunch on Sunday' }).click()
    const reply = await popupOf(context, () => page.getByRole('button', { name: 'Reply', exact: true }).click())
    await reply.setViewportSize({ width: 864, height: 672 })
    await expect(reply.getByRole('textbox', { name: 'Message' })).toBeFocused()
    await look('compose-reply', reply)
    await reply.close({ runBeforeUnload: false })

    await page.reload()
    await expect(page.getByRole('dialog', { name: 'Unsaved messages' })).toBeVisible()
    await look('recovered', page)
  })
