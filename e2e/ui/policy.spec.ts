/** Accounts that come by themselves: from a preset file, dropped or named at the start, and from the organization's policy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { chooseFromMenu } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-policy-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const preset = {
  postrider: 1,
  name: 'Example mail',
  email: '%EMAILADDRESS%',
  incoming: { protocol: 'pop3', host: 'pop.example.com' },
  outgoing: { host: 'smtp.example.com' },
}

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** Name, address and password: nothing else is asked. */
async function finishWizard(page: Page) {
  const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
  await wizard.getByLabel('Display name').fill('Jane Doe')
  await page.keyboard.press('Enter')
  await wizard.getByLabel('E-mail address').fill('jane@example.com')
  await page.keyboard.press('Enter')
  await expect(wizard.getByLabel(/^Incoming mail/)).toHaveValue('pop.example.com')
  await page.keyboard.press('Enter')
  await wizard.getByLabel('Password:').fill('not sent anywhere')
  await page.keyboard.press('Enter')
  await wizard.getByLabel('Send and receive now').uncheck()
  await wizard.getByRole('button', { name: 'Finish' }).click()
  await expect(wizard).toBeHidden()
}

test('--preset opens the wizard with the file', async ({ browser }) => {
  await withWindow(browser, { host: { preset: write('mail.json', preset) } }, async ({ page, engine }) => {
    const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
    await expect(wizard).toContainText('mail.json')
    await finishWizard(page)
    expect(await engine.call('accounts.list', {})).toMatchObject([{ name: 'Example mail', incoming: { host: 'pop.example.com' } }])
    await page.reload()
    await expect(page.getByRole('treeitem', { name: 'Inbox' }).first()).toBeVisible()
    await expect(wizard).toBeHidden()
  })
})

test('--preset with a file that is not there says so, and the program works', async ({ browser }) => {
  await withWindow(browser, { host: { preset: join(folder, 'missing.json') } }, async ({ page }) => {
    const failure = page.getByRole('alertdialog')
    await expect(failure).toContainText('missing.json could not be read')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Set up an account' })).toBeVisible()
  })
})

test('a preset that is dropped on the window opens the wizard; anything else does nothing', async ({ browser }) => {
  await withWindow(browser, {}, async ({ page }) => {
    await expect(page.getByRole('button', { name: 'Set up an account' })).toBeVisible()
    const drop = (name: string, content: string) =>
      page.evaluate(
        ([fileName = '', text = '']) => {
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File([text], fileName))
          const target = document.querySelector('main') ?? document.body
          for (const type of ['dragover', 'drop'])
            target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
        },
        [name, content],
      )
    const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
    // The window listens once its mail is on screen.
    await expect(async () => {
      await drop('holiday.jpg', 'no preset')
      await drop('mail.json', JSON.stringify(preset))
      await expect(wizard).toBeVisible({ timeout: 500 })
    }).toPass()
    await expect(wizard).toContainText('mail.json')
    await wizard.getByRole('button', { name: 'Cancel' }).click()
  })
})

test('the policy asks for what is missing, locks what it says, and is not asked twice', async ({ browser }) => {
  write('mail.json', preset)
  const locked = ['name', 'incoming.host', 'outgoing', 'timeoutSeconds', 'connection', 'trust']
  const policy = write('policy.json', {
    'postrider-policy': 1,
    version: 1,
    organization: 'Example Ltd',
    accounts: [{ id: 'mail', preset: 'mail.json', locked }],
    settings: { sendImmediately: false },
    lockedSettings: ['sendImmediately'],
  })
  await withWindow(browser, { host: { policy } }, async ({ page, engine }) => {
    await expect(page.getByRole('dialog', { name: 'Internet Connection Wizard' })).toContainText('Example Ltd')
    await finishWizard(page)
    await chooseFromMenu(page, 'Tools', 'Accounts')
    await page.getByRole('row', { name: 'Example mail' }).dblclick()
    const properties = page.getByRole('dialog', { name: 'Example mail Properties' })
    await expect(properties.getByLabel('Mail account', { exact: true })).toBeDisabled()
    await expect(properties.getByText('Set by your organization')).toHaveCount(1)
    await expect(properties.getByLabel('Name:', { exact: true })).toBeEnabled()
    await properties.getByRole('tab', { name: 'Servers' }).click()
    await expect(properties.getByLabel('Incoming mail (POP3)')).toBeDisabled()
    await expect(properties.getByLabel('Password:')).toBeEnabled()
    await properties.getByRole('tab', { name: 'Connection' }).click()
    await expect(properties.getByLabel('Directly, without a proxy')).toBeDisabled()
    await properties.getByRole('tab', { name: 'Security' }).click()
    await expect(properties.getByRole('button', { name: 'Choose File...' }).first()).toBeDisabled()
    await expect(properties.getByRole('button', { name: 'Choose File...' }).last()).toBeEnabled()
    await page.keyboard.press('Escape')
    const [account] = await engine.call('accounts.list', {})
    if (!account) throw new Error('no account')
    const { id, isDefault: _isDefault, ...settings } = account
    const change = { id, password: null, outgoingPassword: null, settings: { ...settings, name: 'Mine' } }
    await expect(engine.call('accounts.update', change)).rejects.toMatchObject({ code: 'set-by-organization' })
    await expect(engine.call('settings.set', { sendImmediately: true })).rejects.toMatchObject({ code: 'set-by-organization' })
    await page.getByRole('row', { name: 'Example mail' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Yes' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('Your organization has set this')
  })
})

test('a broken policy is told, and the program starts all the same', async ({ browser }) => {
  const policy = write('policy.json', '{ "postrider-policy": 1, "version": "one" }')
  await withWindow(browser, { host: { policy } }, async ({ page }) => {
    const failure = page.getByRole('alertdialog')
    await expect(failure).toContainText('The settings of your organization could not be used.')
    await expect(failure).toContainText('APP-6')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Set up an account' })).toBeVisible()
  })
})
