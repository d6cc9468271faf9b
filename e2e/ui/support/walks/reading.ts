import { expect, type Page } from '@playwright/test'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu, popupOf } from './steps.ts'
import type { Walk } from './walk.ts'

/** The main window with mail in it, in each of its states, and the read window. */
export const reading: Walk = (browser, look) =>
  withWindow(browser, {}, async ({ context, page }) => {
    await page.getByRole('button', { name: 'Try it with practice mail' }).click()
    const rows = page.getByRole('row')
    await rows.filter({ hasText: 'Lunch on Sunday' }).click()
    await expect(page.getByText('plum cake')).toBeVisible()
    await expect(page.getByRole('dialog')).toBeHidden()
    await look('main-plain', page)
    await page.setViewportSize({ width: 1920, height: 1080 })
    await look('main-plain-1920', page)
    await page.setViewportSize({ width: 1280, height: 800 })

    await find(page, 'Only HTML')
    await rows.filter({ hasText: 'Only HTML' }).click()
    await expect(page.frameLocator('iframe').locator('body')).not.toBeEmpty()
    await look('main-html', page)
    await find(page, 'no such word anywhere')
    await expect(page.getByText('No message here has')).toBeVisible()
    await look('main-nothing-found', page)
    await page.getByRole('button', { name: 'Clear the search' }).click()

    await expect(page.getByRole('grid')).not.toHaveAttribute('aria-rowcount', '1')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Home')
    await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true')
    for (let extra = 0; extra < 3; extra++) await page.keyboard.press('Shift+ArrowDown')
    await expect(page.getByText('4 messages are selected')).toBeVisible()
    await look('main-several', page)
    await page.getByRole('button', { name: 'Working Online' }).click()
    await expect(page.getByRole('button', { name: 'Working Offline' })).toBeVisible()
    await look('main-offline', page)
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('question-go-online', page)
    await page.getByRole('button', { name: 'No', exact: true }).click()

    await page.getByRole('menuitem', { name: 'View', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Layout' }).hover()
    await expect(page.getByRole('menuitemcheckbox', { name: 'Folder Bar' })).toBeVisible()
    await look('main-menu', page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await rows.nth(2).click()
    await rows.nth(2).click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await look('main-context-menu', page)
    await page.keyboard.press('Escape')

    await chooseFromMenu(page, 'View', 'Layout', 'Preview Beside')
    await look('main-beside', page)
    await chooseFromMenu(page, 'View', 'Message Source')
    await expect(page.frameLocator('iframe[title="Message Source"]').locator('body')).toContainText('Received')
    await look('source', page)
    await page.keyboard.press('Escape')
    await chooseFromMenu(page, 'View', 'Layout', 'Preview Below')

    const tree = page.getByRole('tree')
    await tree.getByRole('treeitem', { name: 'Outbox' }).click()
    await expect(page.getByText('There are no messages in Outbox')).toBeVisible()
    await look('main-empty-folder', page)
    await tree.getByRole('treeitem', { name: 'Local Folders' }).click()
    await look('main-folder-table', page)
    await tree.getByRole('treeitem', { name: 'Postrider' }).click()
    await look('main-start-page', page)
    await tree
      .getByRole('treeitem', { name: /^Inbox/ })
      .first()
      .click()

    await find(page, 'five files')
    await rows.filter({ hasText: 'five files' }).click()
    const read = await popupOf(context, () => rows.filter({ hasText: 'five files' }).dblclick())
    await read.setViewportSize({ width: 864, height: 672 })
    await expect(read.getByRole('list', { name: 'Attachments' })).toBeVisible()
    await look('read-attachments', read)
    await read.close()
    await find(page, 'holiday pictures')
    await rows.filter({ hasText: 'the holiday pictures' }).click()
    await page.getByRole('button', { name: /\.exe/ }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('dangerous-attachment', page)
  })

async function find(page: Page, text: string): Promise<void> {
  await page.getByPlaceholder(/Find in/).fill(text)
}
