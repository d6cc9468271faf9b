import { expect, type Locator } from '@playwright/test'
import { addAccount } from '../add-account.ts'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu } from './steps.ts'
import type { Walk } from './walk.ts'

/** Internet Accounts and all that it opens. Nothing is connected to. */
export const accounts: Walk = (browser, look) =>
  withWindow(browser, { prepare: twoAccounts }, async ({ page }) => {
    await chooseFromMenu(page, 'Tools', 'Accounts')
    const list = page.getByRole('dialog', { name: 'Internet Accounts' })
    await expect(list.getByRole('row', { name: 'Work' })).toBeVisible()
    await look('accounts', page)
    await list.getByRole('button', { name: 'Add' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await look('accounts-add', page)
    await page.keyboard.press('Escape')

    await list.getByRole('row', { name: 'Work' }).dblclick()
    const pop3 = page.getByRole('dialog', { name: 'Work Properties' })
    await expect(pop3.getByLabel('Mail account')).toBeFocused()
    for (const tab of ['General', 'Servers', 'Connection', 'Security', 'Advanced']) {
      await openTab(pop3, tab)
      await look(`properties-pop3-${tab.toLowerCase()}`, page)
    }
    await openTab(pop3, 'Connection')
    await pop3.getByLabel('Through an HTTP proxy').check()
    await look('properties-proxy', page)
    await pop3.getByLabel('Use the settings of this computer').check()
    await openTab(pop3, 'Servers')
    await pop3.getByRole('button', { name: 'Settings' }).click()
    const logon = page.getByRole('dialog', { name: 'Outgoing Mail Server' })
    await look('properties-outgoing', page)
    await logon.getByLabel('Log on using', { exact: true }).check()
    await logon.getByRole('button', { name: 'OK' }).click()
    await expect(logon.getByRole('alert')).toBeVisible()
    await look('properties-outgoing-wrong', page)
    await logon.getByRole('button', { name: 'Cancel' }).click()
    await pop3.getByLabel('Incoming mail (POP3)').fill('mail server')
    await pop3.getByLabel('Account name').fill('')
    await openTab(pop3, 'General')
    await pop3.getByRole('button', { name: 'OK' }).click()
    await expect(pop3.getByRole('alert').first()).toBeVisible()
    await look('properties-pop3-wrong', page)
    await pop3.getByRole('button', { name: 'Cancel' }).click()

    await list.getByRole('row', { name: 'Home' }).click()
    await list.getByRole('button', { name: 'Properties' }).click()
    const imap = page.getByRole('dialog', { name: 'Home Properties' })
    for (const tab of ['Servers', 'Advanced', 'IMAP']) {
      await openTab(imap, tab)
      await look(`properties-imap-${tab.toLowerCase()}`, page)
    }
    await imap.getByRole('button', { name: 'Advanced' }).click()
    const extensions = page.getByRole('dialog', { name: 'Server Capabilities' })
    await extensions.getByLabel(/IDLE/).uncheck()
    await look('properties-imap-capabilities', page)
    await extensions.getByRole('button', { name: 'Cancel' }).click()
    await imap.getByRole('button', { name: 'Cancel' }).click()
    await list.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('accounts-remove', page)
    await page.getByRole('button', { name: 'Yes' }).click()
    await expect(list.getByRole('row', { name: 'Home' })).toBeHidden()
  })

type Prepare = NonNullable<Parameters<typeof withWindow>[1]['prepare']>

const twoAccounts: Prepare = async (engine) => {
  await engine.call('settings.set', { offline: true })
  await addAccount(engine, { name: 'Work', protocol: 'pop3', host: 'pop.example.org', port: 995, security: 'tls' })
  await addAccount(engine, { name: 'Home', protocol: 'imap', host: 'imap.example.org', port: 143, security: 'none', password: null })
}

async function openTab(dialog: Locator, name: string): Promise<void> {
  await dialog.getByRole('tab', { name }).click()
  await expect(dialog.getByRole('tabpanel', { name })).toBeVisible()
}
