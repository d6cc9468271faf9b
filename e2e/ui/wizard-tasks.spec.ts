/** What setting up an account costs its user: fields typed into and pages seen, counted, by keyboard only. */
import { expect, type Page, test } from '@playwright/test'
import { addAccount } from './support/add-account.ts'
import { countTyping, expectAtMost } from './support/count-typing.ts'
import { withServers } from './support/doctor-servers.ts'
import { chooseByLetters, press } from './support/keys.ts'
import { withWindow, type WindowOptions } from './support/with-window.ts'

const offline: NonNullable<WindowOptions['prepare']> = async (engine) => void (await engine.call('settings.set', { offline: true }))
const wizardOf = (page: Page) => page.getByRole('dialog', { name: 'Internet Connection Wizard' })

async function openWizard(page: Page) {
  await page.getByRole('button', { name: 'Set up an account' }).focus()
  const counted = await countTyping(page)
  await press(page, 'Enter')
  await expect(wizardOf(page).getByLabel('Display name')).toBeFocused()
  return { wizard: wizardOf(page), counted }
}

test('a known provider: at most 3 fields and 4 pages', async ({ browser }) => {
  await withWindow(browser, { prepare: offline }, async ({ page, engine }) => {
    const { wizard, counted } = await openWizard(page)
    await press(page, "'Alice Smith'", 'Tab', 'Tab', "'alice.smith@online.de'", 'Enter')
    await expect(wizard.getByRole('button', { name: /Next/ })).toBeFocused()
    await press(page, 'Enter')
    await expect(wizard.getByLabel('Account name')).toBeVisible()
    await expect(wizard.getByLabel('Account name')).toBeFocused()
    await press(page, 'Tab', "'secret'", 'Enter')
    await expect(wizard.getByRole('button', { name: 'Finish' })).toBeFocused()
    expectAtMost(await counted(), { fields: 3, pages: 4 })
    await press(page, 'Enter')
    await expect.poll(async () => (await engine.call('accounts.list', {})).length).toBe(1)
  })
})

test('a preset file: at most 2 fields', async ({ browser }) => {
  const preset = {
    postrider: 1,
    name: 'Example Corp',
    email: '%EMAILADDRESS%',
    incoming: { protocol: 'pop3', host: 'pop.example.org', user: 'CORP/%EMAILLOCALPART%' },
    outgoing: { host: 'smtp.example.org' },
  }
  await withWindow(browser, { prepare: offline }, async ({ page, engine }) => {
    // Most systems know who sits in front of them; the one that runs this test may not.
    await page.routeWebSocket(/./, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((frame) => socket.send(String(frame).replace(/"userName":"[^"]*"/, '"userName":"Alice Smith"')))
    })
    await page.reload()
    const { wizard, counted } = await openWizard(page)
    await expect(wizard.getByLabel('Display name')).toHaveValue('Alice Smith')
    await press(page, 'Tab', 'ArrowDown')
    await expect(wizard.getByRole('radio', { name: 'Open a preset file' })).toBeChecked()
    await press(page, 'Tab')
    await expect(wizard.getByRole('button', { name: 'Choose File' })).toBeFocused()
    const chooser = page.waitForEvent('filechooser')
    await press(page, 'Enter')
    await (await chooser).setFiles({ name: 'corp.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(preset)) })
    await expect(wizard.getByText('corp.json')).toBeVisible()
    await wizard.getByRole('button', { name: /Next/ }).focus()
    await press(page, 'Enter')
    await expect(wizard.getByLabel('E-mail address:')).toBeFocused()
    await press(page, "'alice@example.org'", 'Enter')
    await expect(wizard.getByRole('status')).toContainText('from the file corp.json')
    await wizard.getByRole('button', { name: /Next/ }).focus()
    await press(page, 'Enter')
    await expect(wizard.getByLabel('Account name')).toHaveValue('CORP/alice')
    await wizard.getByLabel('Password:', { exact: true }).focus()
    await press(page, "'secret'", 'Enter')
    await expect(wizard.getByRole('button', { name: 'Finish' })).toBeFocused()
    expectAtMost(await counted(), { fields: 2 })
    await press(page, 'Enter')
    await expect.poll(async () => (await engine.call('accounts.list', {})).length).toBe(1)
  })
})

test('POP3 and SMTP by hand, with a log-on of its own for sending: at most 9 fields', async ({ browser }) => {
  await withWindow(browser, { prepare: offline }, async ({ page, engine }) => {
    const { wizard, counted } = await openWizard(page)
    await press(page, "'Alice Smith'", 'Alt+h', 'Enter')
    await expect(wizard.getByLabel('E-mail address')).toBeFocused()
    await press(page, "'alice@example.org'", 'Enter')
    await expect(wizard.getByLabel(/^Incoming mail/)).toBeVisible()
    await press(page, 'Alt+i', "'pop.example.org'", 'Tab', "'smtp.example.org'", 'Enter')
    await expect(wizard.getByLabel('Account name')).toBeFocused()
    await press(page, 'Control+A', "'CORP/alice/alice'", 'Tab', "'secret'", 'Enter')
    await expect(wizard.getByRole('button', { name: 'Finish' })).toBeFocused()
    await press(page, 'Enter')
    await expect(wizard).toBeHidden()

    await chooseByLetters(page, 't', 'a')
    const list = page.getByRole('dialog', { name: 'Internet Accounts' })
    await list.getByRole('row', { name: 'pop.example.org' }).focus()
    await press(page, 'Enter')
    const properties = page.getByRole('dialog', { name: 'pop.example.org Properties' })
    await properties.getByRole('tab', { name: 'General' }).focus()
    await press(page, 'ArrowRight')
    await properties.getByLabel('My server requires authentication').focus()
    if (!(await properties.getByLabel('My server requires authentication').isChecked())) await press(page, 'Space')
    await press(page, 'Tab')
    await expect(properties.getByRole('button', { name: 'Settings' })).toBeFocused()
    await press(page, 'Enter')
    const logon = page.getByRole('dialog', { name: 'Outgoing Mail Server' })
    await expect(logon.getByRole('radio', { name: 'Use same settings' })).toBeFocused()
    await press(page, 'ArrowDown', 'Tab', "'relay'", 'Tab', "'other secret'", 'Enter')
    await expect(logon).toBeHidden()
    await properties.getByRole('button', { name: 'OK' }).focus()
    await press(page, 'Enter')
    await expect(properties).toBeHidden()
    expectAtMost(await counted(), { fields: 9 })
    expect(await engine.call('accounts.list', {})).toMatchObject([
      { incoming: { host: 'pop.example.org', user: 'CORP/alice/alice' }, outgoing: { signIn: 'password', user: 'relay' } },
    ])
  })
})

test('a wrong password is corrected without typing anything twice', async ({ browser }) => {
  await withServers(({ pop3, smtp }) =>
    withWindow(
      browser,
      { prepare: (engine) => addAccount(engine, { protocol: 'pop3', port: pop3.port, smtpPort: smtp.port, password: 'practise' }) },
      async ({ page, engine }) => {
        await page.getByRole('tree').focus()
        const counted = await countTyping(page)
        await press(page, 'Control+M')
        const logon = page.getByRole('alertdialog', { name: /^Logon - / })
        await expect(logon.getByLabel('User Name')).toHaveValue('alice@example.org')
        await expect(logon.getByLabel('Password:')).toBeFocused()
        await press(page, "'practice'", 'Enter')
        await expect
          .poll(async () => (await engine.call('runs.current', {})).at(-1)?.tasks.map(({ state }) => state))
          .toEqual(['completed'])
        await expect(logon).toBeHidden()
        expectAtMost(await counted(), { fields: 1 })
      },
    ),
  )
})
