/** F1: the manual opens where the code on screen is explained; an error about an account leads to its check. */
import { expect, type Page, test } from '@playwright/test'
import { addAccount } from './support/add-account.ts'
import { press } from './support/keys.ts'
import { popupOf } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

/** Nothing listens there. */
const closedPort = 9

async function expectExplained(help: Page, code: string): Promise<void> {
  const heading = help.getByRole('heading', { name: code, exact: true })
  await expect(heading).toBeInViewport()
  await expect(heading).toBeFocused()
}

test('F1 explains the code of a failed Send and Receive, and of the check', async ({ browser }) => {
  const prepare = (engine: Parameters<typeof addAccount>[0]) => addAccount(engine, { protocol: 'imap', port: closedPort, name: 'Work' })
  await withWindow(browser, { prepare }, async ({ page, context }) => {
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    const run = page.getByRole('dialog').filter({ hasText: 'NET-3' })
    await expect(run.getByText('Code NET-3')).toBeVisible()
    const help = await popupOf(context, () => press(page, 'F1'))
    await expectExplained(help, 'NET-3')
    await help.close()

    await run.getByRole('button', { name: 'Check' }).click()
    const check = page.getByRole('dialog', { name: 'Connection Check: Work' })
    await expect(check.getByRole('status')).toContainText('NET-3')
    const again = await popupOf(context, () => check.getByRole('button', { name: 'Help (F1)' }).click())
    await expectExplained(again, 'NET-3')
    await again.close()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: '1 error' }).click()
    const error = page.getByRole('alertdialog')
    await expect(error).toContainText('NET-3')
    await error.getByRole('button', { name: 'Check' }).click()
    await expect(check).toBeVisible()
  })
})

test('without an error F1 opens the contents, whose links stay inside', async ({ browser }) => {
  await withWindow(browser, {}, async ({ page, context }) => {
    await expect(page.getByRole('menubar')).toBeVisible()
    const help = await popupOf(context, () => press(page, 'F1'))
    await expect(help).toHaveTitle('Postrider Manual')
    await help.getByRole('main').getByRole('button', { name: 'When something fails' }).click()
    await expect(help.getByRole('heading', { name: 'NET-3', exact: true })).toBeAttached()
    await help.getByRole('navigation').getByRole('button', { name: 'First steps' }).click()
    await expect(help.getByRole('heading', { level: 1 })).toBeVisible()
    await help.screenshot({ path: test.info().outputPath('help.png') })
  })
})
