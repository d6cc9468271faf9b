/** Properties show a stored password as dots, and none where there is none. */
import { expect, test } from '@playwright/test'
import { addAccount } from './support/add-account.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

test('dots stand for a password that is stored, and only for that', async ({ browser }) => {
  const prepare = async (engine: Parameters<typeof addAccount>[0]) => {
    await engine.call('settings.set', { offline: true })
    const work = await addAccount(engine, { name: 'Work', protocol: 'pop3', port: 9 })
    await addAccount(engine, { name: 'Home', protocol: 'pop3', port: 9, password: null })
    // "Remember password" is ticked in both: only one of them has something to remember.
    const home = (await engine.call('accounts.list', {})).find(({ id }) => id !== work.id)
    if (!home) throw new Error('two accounts were added')
    const { id, isDefault: _isDefault, ...settings } = home
    const incoming = { ...settings.incoming, rememberPassword: true }
    await engine.call('accounts.update', { id, settings: { ...settings, incoming }, password: null, outgoingPassword: null })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await chooseFromMenu(page, 'Tools', 'Accounts')
    for (const [name, dots] of [
      ['Work', '••••••••'],
      ['Home', ''],
    ] as const) {
      await page.getByRole('row', { name }).dblclick()
      const properties = page.getByRole('dialog', { name: `${name} Properties` })
      await properties.getByRole('tab', { name: 'Servers' }).click()
      const password = properties.getByLabel('Password:')
      await expect(password).toHaveAttribute('placeholder', dots)
      await expect(password).toHaveValue('')
      await properties.getByRole('button', { name: 'Cancel' }).click()
    }
  })
})
