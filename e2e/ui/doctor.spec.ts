/** The connection doctor, as somebody uses it whose account does not work. */
import { expect, test } from '@playwright/test'
import { addAccount, testPassword } from './support/add-account.ts'
import { fillWizard, withServers } from './support/doctor-servers.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

/** Nothing listens there. */
const closedPort = 9

test('a wrong port and a wrong name are found in the wizard, and mended with clicks', async ({ browser }) => {
  await withServers(({ pop3, smtp }) =>
    withWindow(browser, {}, async ({ page, engine }) => {
      const wizard = await fillWizard(page, { incoming: closedPort, outgoing: smtp.port })
      await wizard.getByRole('button', { name: 'Check these settings' }).click()
      const failed = wizard.getByRole('row', { name: /failed.*Connect/ })
      await expect(failed).toContainText('did not accept the connection on port 9')
      await expect(wizard.getByText('Stopped at step 2 of 11. One thing to mend.')).toBeVisible()
      await expect(wizard.getByRole('status')).toContainText('NET-3')

      // The advice is the usual port; this test's own server listens on another.
      await wizard.getByRole('button', { name: 'Use port 110 with no secure connection' }).click()
      const port = wizard.getByLabel('Port:').first()
      await expect(port).toHaveValue('110')
      await port.fill(String(pop3.port))
      await wizard.getByRole('button', { name: /Next/ }).click()

      await expect(wizard.getByRole('status')).toContainText('AUTH-1')
      await wizard.getByRole('button', { name: 'Try alice@example.org as the account name' }).click()
      await expect(wizard.getByLabel('Account name')).toHaveValue('alice@example.org')
      await expect(wizard.getByLabel('Password:')).toHaveValue(testPassword)
      await page.keyboard.press('Enter')

      await expect(wizard.getByRole('status')).toContainText('Everything works')
      await expect(wizard.getByRole('row', { name: /passed.*Mailbox/ })).toContainText('0 messages')
      await expect(wizard.getByRole('button', { name: 'Finish' })).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(wizard).toBeHidden()
      expect(await engine.call('accounts.list', {})).toMatchObject([{ incoming: { port: pop3.port, user: 'alice@example.org' } }])
    }),
  )
})

test('a test message goes out and is found again, but only when it is asked for', async ({ browser }) => {
  await withWindow(browser, { host: { practice: true } }, async ({ page }) => {
    await chooseFromMenu(page, 'Tools', 'Accounts')
    await page.getByRole('row', { name: 'Practice (IMAP)' }).dblclick()
    const properties = page.getByRole('dialog', { name: 'Practice (IMAP) Properties' })
    await properties.getByRole('tab', { name: 'Servers' }).click()
    await properties.getByRole('button', { name: 'Check...' }).click()
    const check = page.getByRole('dialog', { name: 'Connection Check: Practice (IMAP)' })
    await expect(check.getByRole('status')).toContainText('Everything works')
    await expect(check.getByRole('row', { name: 'Send test message' })).toHaveCount(0)
    await check.getByRole('checkbox', { name: 'also send a test message' }).check()
    await check.getByRole('button', { name: 'Check again' }).click()
    await expect(check.getByRole('row', { name: /passed.*Send test message/ })).toContainText('sent to practice.imap@example.org')
    await expect(check.getByRole('row', { name: /passed.*Find test message/ })).toContainText('and was removed again')
    await expect(check.getByRole('status')).toContainText('Everything works')
  })
})

test('Properties check what the dialog holds, take the advice, and everything can be copied', async ({ browser }) => {
  await withServers(({ pop3, smtp }) =>
    withWindow(
      browser,
      {
        context: { permissions: ['clipboard-read', 'clipboard-write'] },
        prepare: async (engine) => {
          await engine.call('settings.set', { offline: true })
          await addAccount(engine, { name: 'Work', protocol: 'pop3', port: pop3.port, smtpPort: smtp.port, user: 'alice' })
        },
      },
      async ({ page }) => {
        await chooseFromMenu(page, 'Tools', 'Accounts')
        await page.getByRole('row', { name: 'Work' }).dblclick()
        const properties = page.getByRole('dialog', { name: 'Work Properties' })
        await properties.getByRole('tab', { name: 'Servers' }).click()
        await properties.getByRole('button', { name: 'Check...' }).click()
        const check = page.getByRole('dialog', { name: 'Connection Check: Work' })
        await expect(check.getByRole('status')).toContainText('AUTH-1')
        await check.getByRole('button', { name: 'Copy all' }).click()
        await expect(check.getByRole('button', { name: 'Copied' })).toBeVisible()
        const copied = await page.evaluate(() => navigator.clipboard.readText())
        expect(copied).toContain('incoming C: PASS ***')
        expect(copied).not.toMatch(/PASS (?!\*\*\*)/)
        await check.getByRole('button', { name: 'Try alice@example.org' }).click()
        await expect(check).toBeHidden()
        await expect(properties.getByLabel('Account name')).toHaveValue('alice@example.org')
        await properties.getByRole('button', { name: 'Check...' }).click()
        await expect(check.getByRole('status')).toContainText('Everything works')
        await page.keyboard.press('Escape')
        await expect(check).toBeHidden()
        await expect(properties).toBeVisible()
      },
    ),
  )
})
