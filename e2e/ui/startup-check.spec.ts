/** Mail by itself: a few seconds after the start, behind the rows, and what fails is a sign in the status bar and no dialog. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { addAccount, testAddress, testPassword } from './support/add-account.ts'
import { withWindow } from './support/with-window.ts'

test('the check at startup waits for the window, runs behind it, and does not interrupt', async ({ browser }) => {
  const messages = [{ uidl: 'one', raw: Buffer.from('From: Bob <bob@example.org>\r\nSubject: Before\r\n\r\nHello\r\n') }]
  const pop3 = await startPop3Server({
    findUser: (user) => (user === testAddress ? { password: testPassword, maildrop: arrayMaildrop(messages) } : undefined),
  })
  const folder = mkdtempSync(join(tmpdir(), 'postrider-startup-'))
  const host = { dataFolder: join(folder, 'data'), secretsFile: join(folder, 'secrets') }
  try {
    await withWindow(
      browser,
      { host, prepare: (engine) => addAccount(engine, { protocol: 'pop3', port: pop3.port }) },
      async ({ page }) => {
        await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
        await expect(page.getByRole('row', { name: 'Before' })).toBeVisible()
      },
    )
    messages.push({ uidl: 'two', raw: Buffer.from('From: Bob <bob@example.org>\r\nSubject: Meanwhile\r\n\r\nHello\r\n') })
    const before = pop3.connections
    await withWindow(browser, { host }, async ({ page }) => {
      await expect(page.getByRole('row', { name: 'Before' })).toBeVisible()
      expect(pop3.connections).toBe(before)
      await expect(page.getByRole('row', { name: 'Meanwhile' })).toBeVisible({ timeout: 20_000 })
      expect(pop3.connections).toBe(before + 1)
      await expectNoDialog(page)
    })
    pop3.faults.isPasswordWrong = true
    await withWindow(browser, { host }, async ({ page }) => {
      await expect(page.getByRole('button', { name: '1 error' })).toBeVisible({ timeout: 20_000 })
      await expectNoDialog(page)
    })
  } finally {
    await pop3.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

async function expectNoDialog(page: Page): Promise<void> {
  await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toHaveCount(0)
}
