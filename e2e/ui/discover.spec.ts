/** Accounts that need no knowledge of servers: found from the address, or from a file of the help desk; and such files given away. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { addAccount } from './support/add-account.ts'
import { expectAccessible } from './support/axe.ts'
import { expectTidy } from './support/expect-tidy.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { type TestWindow, withWindow, type WindowOptions } from './support/with-window.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../electron/engine/accounts/fixtures/${name}`, import.meta.url))
const preset = {
  postrider: 1,
  name: 'Example Corp',
  email: '%EMAILADDRESS%',
  incoming: { protocol: 'pop3', host: 'pop.example.org', user: 'CORP/%EMAILLOCALPART%' },
  outgoing: { host: 'smtp.example.org' },
  timeoutSeconds: 120,
}

/** Only what is on this computer is asked: a test must not write to providers. */
const offline: NonNullable<WindowOptions['prepare']> = async (engine) => void (await engine.call('settings.set', { offline: true }))

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectTidy(page)
}

async function openWizard(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Set up an account' }).click()
  return page.getByRole('dialog', { name: 'Internet Connection Wizard' })
}

const settingsOf = async ({ engine }: TestWindow, index = 0) => (await engine.call('accounts.list', {}))[index]

async function choose(page: Page, click: () => Promise<void>, file: string | { name: string; content: string }): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await click()
  const files = typeof file === 'string' ? file : { name: file.name, mimeType: 'application/json', buffer: Buffer.from(file.content) }
  await (await chooser).setFiles(files)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`A known provider: three fields and four pages, by keyboard alone (${colorScheme})`, async ({ browser }) => {
    await withWindow(browser, { prepare: offline, context: { colorScheme } }, async (window) => {
      const { page } = window
      const wizard = await openWizard(page)
      const { keyboard } = page
      await expect(wizard.getByLabel('Display name')).toBeFocused()
      await expectGood(page)
      await keyboard.press('Control+a')
      await keyboard.type('Alice Smith')
      await keyboard.press('Tab')
      await expect(wizard.getByLabel('Find settings from my e-mail address')).toBeFocused()
      await keyboard.press('Tab')
      await keyboard.type('alice.smith@online.de')
      await keyboard.press('Enter')

      await expect(wizard.getByRole('status')).toContainText("1&1 is in Postrider's list of mail providers")
      await expect(wizard.getByLabel(/^Incoming mail/)).toHaveValue('imap.1und1.de')
      await expect(wizard.getByRole('button', { name: /Next/ })).toBeFocused()
      await expectGood(page)
      await keyboard.press('Enter')

      await expect(wizard.getByLabel('Account name')).toHaveValue('alice.smith@online.de')
      await keyboard.press('Tab')
      await keyboard.type('secret')
      await keyboard.press('Enter')
      await expect(wizard.getByRole('button', { name: 'Finish' })).toBeFocused()
      await keyboard.press('Enter')
      // IMAP asks whether to download the folders.
      await page.getByRole('button', { name: 'No' }).click()

      expect(await settingsOf(window)).toMatchObject({
        protocol: 'imap',
        identity: { name: 'Alice Smith', address: 'alice.smith@online.de' },
        incoming: { host: 'imap.1und1.de', port: 993, security: 'tls', user: 'alice.smith@online.de', signIn: 'password' },
        outgoing: { host: 'smtp.1und1.de', port: 465, security: 'tls', signIn: 'same' },
      })
    })
  })
}

test('Nothing found goes on by hand and says why; the other protocol of a provider brings its own servers', async ({ browser }) => {
  await withWindow(browser, { prepare: offline }, async ({ page }) => {
    const wizard = await openWizard(page)
    const next = wizard.getByRole('button', { name: /Next/ })
    await wizard.getByLabel('Display name').fill('Alice Smith')
    await wizard.getByLabel('E-mail address:').fill('alice@example.org')
    await next.click()
    await expect(wizard.getByRole('status')).toContainText('You are working offline, and example.org is not in')
    await expect(wizard.getByLabel(/^Incoming mail/)).toHaveValue('')
    await expect(next).toBeDisabled()
    await expectGood(page)
    await wizard.getByRole('button', { name: /Back/ }).click()
    await wizard.getByLabel('E-mail address:').fill('alice@online.de')
    await next.click()
    await wizard.getByLabel('My incoming mail server is a').selectOption('POP3')
    await expect(wizard.getByLabel(/^Incoming mail/)).toHaveValue('pop.1und1.de')
  })
})

test('A search that takes long shows that it runs, and Enter stops it', async ({ browser }) => {
  await withWindow(browser, { prepare: offline }, async ({ page }) => {
    // The engine never hears of it, so the answer never comes.
    await page.routeWebSocket(/./, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((frame) => {
        if (!String(frame).includes('accounts.discover')) server.send(frame)
      })
    })
    await page.reload()
    const wizard = await openWizard(page)
    await wizard.getByLabel('Display name').fill('Alice Smith')
    await wizard.getByLabel('E-mail address:').fill('alice@online.de')
    await page.keyboard.press('Enter')
    await expect(wizard.getByRole('status')).toContainText('Looking for the settings of online.de')
    await expect(wizard.getByRole('button', { name: 'Stop looking' })).toBeFocused()
    await expectGood(page)
    await page.keyboard.press('Enter')
    await expect(wizard.getByLabel('E-mail address:')).toHaveValue('alice@online.de')
    await expect(wizard.getByRole('button', { name: /Next/ })).toBeEnabled()
  })
})

test('A preset file asks for the address and the password', async ({ browser }) => {
  await withWindow(browser, { prepare: offline }, async (window) => {
    const { page } = window
    const wizard = await openWizard(page)
    const next = wizard.getByRole('button', { name: /Next/ })
    await wizard.getByLabel('Display name').fill('Alice Smith')
    await wizard.getByLabel('Open a preset file').check()
    await expect(next).toBeDisabled()
    const button = () => wizard.getByRole('button', { name: 'Choose File' }).click()
    await choose(page, button, { name: 'wrong.json', content: JSON.stringify({ ...preset, prot: 1 }) })
    await expect(wizard.getByText('The preset file could not be opened.')).toBeVisible()
    await expectGood(page)
    await choose(page, button, { name: 'corp.json', content: JSON.stringify(preset) })
    await expect(wizard.getByText('corp.json')).toBeVisible()
    await expect(wizard.getByText('The preset file could not be opened.')).toBeHidden()
    await next.click()
    await wizard.getByLabel('E-mail address:').fill('alice@example.org')
    await next.click()
    await expect(wizard.getByRole('status')).toContainText('from the file corp.json')
    await next.click()
    await wizard.getByLabel('Password:', { exact: true }).fill('secret')
    await next.click()
    await wizard.getByRole('button', { name: 'Finish' }).click()
    await expect(wizard).toBeHidden()
    expect(await settingsOf(window)).toMatchObject({
      name: 'Example Corp',
      protocol: 'pop3',
      incoming: { host: 'pop.example.org', port: 995, user: 'CORP/alice' },
      timeoutSeconds: 120,
    })
  })
})

const withAccount: NonNullable<WindowOptions['prepare']> = async (engine) => {
  await engine.call('settings.set', { offline: true })
  await addAccount(engine, { name: 'Work', protocol: 'pop3', host: 'pop.example.org', port: 995, security: 'tls', user: 'CORP\\alice' })
}

async function exported(browser: Browser, format: RegExp): Promise<void> {
  await withWindow(browser, { prepare: withAccount }, async (window) => {
    const { page } = window
    await chooseFromMenu(page, 'Tools', 'Accounts')
    const list = page.getByRole('dialog', { name: 'Internet Accounts' })
    await expectGood(page)
    await list.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export Work' })
    await dialog.getByLabel(format).check()
    await expectGood(page)
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save' }).click()
    const path = await (await download).path()
    const text = readFileSync(path, 'utf8')
    expect(text).not.toContain('practice')
    await expect(dialog).toBeHidden()

    await choose(page, () => list.getByRole('button', { name: 'Import' }).click(), { name: 'again.txt', content: text })
    const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
    const next = wizard.getByRole('button', { name: /Next/ })
    await wizard.getByLabel('Display name').fill('Alice Smith')
    await next.click()
    await wizard.getByLabel('E-mail address:').fill('alice@example.org')
    for (let times = 0; times < 3; times++) await next.click()
    await wizard.getByRole('checkbox', { name: 'Send and receive now' }).uncheck()
    await wizard.getByRole('button', { name: 'Finish' }).click()
    await expect(wizard).toBeHidden()
    const [one, other] = [await settingsOf(window, 0), await settingsOf(window, 1)]
    expect(other?.incoming).toEqual(one?.incoming)
    expect(other?.outgoing).toEqual(one?.outgoing)
    expect(other?.pop3).toEqual(one?.pop3)
  })
}

test('Export and Import as a preset of Postrider give the same account', ({ browser }) => exported(browser, /Postrider preset/))
test('Export and Import as autoconfig give the same account', ({ browser }) => exported(browser, /Autoconfig/))

test('Import reads signed profiles and account files, and says what it can not read', async ({ browser }) => {
  await withWindow(browser, { prepare: offline }, async ({ page }) => {
    await chooseFromMenu(page, 'Tools', 'Accounts')
    const list = page.getByRole('dialog', { name: 'Internet Accounts' })
    const button = () => list.getByRole('button', { name: 'Import' }).click()
    await choose(page, button, { name: 'letter.iaf', content: 'Dear help desk' })
    await expect(page.getByText('The account could not be imported.')).toBeVisible()
    await page.getByRole('button', { name: 'OK' }).click()
    await choose(page, button, fixture('signed.mobileconfig'))
    const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
    await expect(wizard.getByLabel('Display name')).toHaveValue('Jane Doe')
    const next = wizard.getByRole('button', { name: /Next/ })
    await next.click()
    await expect(wizard.getByLabel('E-mail address:')).toHaveValue('jane@example.org')
    await next.click()
    await expect(wizard.getByLabel(/^Incoming mail/)).toHaveValue('imap.example.org')
  })
})
