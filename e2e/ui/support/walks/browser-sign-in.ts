import { expect, type Locator, type Page } from '@playwright/test'
import { testAddress } from '../add-account.ts'
import { withOAuthServers } from '../oauth-servers.ts'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu } from './steps.ts'
import type { Look, Walk } from './walk.ts'

/** Signing in on a provider's page: in the wizard, when it is over, and in Properties. */
export const browserSignIn: Walk = (browser, look) =>
  withOAuthServers(({ provider, preset }) =>
    withWindow(browser, {}, async ({ page }) => {
      await throughWizard(page, preset, look)
      await expect(page.getByRole('row', { name: 'Behind the sign-in page' })).toBeVisible()

      provider.revoke()
      await page.keyboard.press('Control+m')
      const prompt = page.getByRole('alertdialog', { name: 'Sign in - 127.0.0.1' })
      await expect(prompt).toBeVisible()
      await look('sign-in-again', page)
      await onTheirPage(page, prompt.getByRole('button', { name: 'Sign in with your browser' }), 'Allow')
      await expect(prompt).toBeHidden()

      await chooseFromMenu(page, 'Tools', 'Accounts')
      await page.getByRole('dialog', { name: 'Internet Accounts' }).getByRole('row', { name: 'Example Corp' }).dblclick()
      const properties = page.getByRole('dialog', { name: 'Example Corp Properties' })
      await properties.getByRole('tab', { name: 'Servers' }).click()
      await expect(properties.getByLabel("Log on using my provider's sign-in page")).toBeChecked()
      await look('sign-in-properties', page)
      await properties.getByRole('button', { name: 'Sign in...' }).click()
      await expect(page.getByRole('dialog', { name: 'Sign in - 127.0.0.1' })).toBeVisible()
      await look('sign-in-dialog', page)
    }),
  )

async function throughWizard(page: Page, preset: object, look: Look): Promise<void> {
  const wizard = await startWithPreset(page, preset)
  const start = wizard.getByRole('button', { name: 'Sign in with your browser' })
  await expect(start).toBeVisible()
  await look('sign-in', page)
  await openSettings(page, wizard, look)
  await wizard.getByRole('button', { name: 'Use a code instead' }).click()
  await expect(wizard.getByLabel('Code')).toHaveText(/^WDJB-/)
  await look('sign-in-code', page)
  await wizard.getByRole('group', { name: 'Sign-in' }).getByRole('button', { name: 'Cancel' }).click()
  const theirs = page.context().waitForEvent('page')
  await start.click()
  const closed = await theirs
  await expect(wizard.getByRole('status')).toContainText('Waiting for you')
  await look('sign-in-waiting', page)
  await closed.getByRole('button', { name: 'Refuse' }).click()
  await expect(wizard.getByText('You are not signed in.')).toBeVisible()
  await closed.close()
  await look('sign-in-refused', page)
  await onTheirPage(page, wizard.getByRole('button', { name: 'Sign in again' }), 'Allow')
  await expect(wizard.getByRole('status')).toContainText('You are signed in')
  await look('sign-in-done', page)
  await wizard.getByRole('button', { name: /Next/ }).click()
  await expect(wizard.getByText('signed in with the browser')).toBeVisible()
  await wizard.getByRole('button', { name: 'Finish' }).click()
}

/** The wizard with a file of the help desk, up to the page where one logs on. */
export async function startWithPreset(page: Page, preset: object): Promise<Locator> {
  await page.getByRole('button', { name: 'Set up an account' }).click()
  const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
  await wizard.getByLabel('Display name').fill('Alice Smith')
  await wizard.getByLabel(/file/i).check()
  const chooser = page.waitForEvent('filechooser')
  await wizard.getByRole('button', { name: /(Choose|Browse|Open)/ }).click()
  await (await chooser).setFiles({ name: 'example.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(preset)) })
  const next = wizard.getByRole('button', { name: /Next/ })
  await next.click()
  await wizard.getByLabel('E-mail address').fill(testAddress)
  await next.click()
  await next.click()
  return wizard
}

async function openSettings(page: Page, wizard: Locator, look: Look): Promise<void> {
  await wizard.getByRole('button', { name: 'Sign-in settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Sign-in Settings' })
  await expect(settings.getByLabel('Client ID')).toHaveValue('practice-client')
  await look('sign-in-settings-other', page)
  await settings.getByLabel('Provider').selectOption('Microsoft')
  await settings.getByRole('button', { name: 'OK' }).click()
  await expect(settings.getByRole('alert')).toBeVisible()
  await look('sign-in-settings-microsoft', page)
  await settings.getByRole('button', { name: 'Cancel' }).click()
}

/** Presses the button that opens the provider's page, and decides there. */
export async function onTheirPage(page: Page, button: Locator, decision: 'Allow' | 'Refuse', end?: 'failed'): Promise<void> {
  const opening = page.context().waitForEvent('page')
  await button.click()
  const theirs = await opening
  await theirs.getByRole('button', { name: decision }).click()
  const isGood = decision === 'Allow' && end === undefined
  await expect(theirs.getByRole('heading')).toContainText(isGood ? 'You are signed in' : 'You are not signed in')
  await theirs.close()
}
