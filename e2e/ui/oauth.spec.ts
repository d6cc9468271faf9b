/** Accounts whose provider has a sign-in page of its own (OAuth 2.0): set up without a password, and well again when a sign-in is over. */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { testAddress } from './support/add-account.ts'
import { withOAuthServers } from './support/oauth-servers.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { onTheirPage, startWithPreset } from './support/walks/browser-sign-in.ts'
import { type TestWindow, withWindow } from './support/with-window.ts'

const offline = async (engine: TestWindow['engine']) => void (await engine.call('settings.set', { offline: true }))

/** Tab until it is reached, as people without a mouse do. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let times = 0; times < 20; times++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test('By keyboard: signed in on the provider page, mail arrives, and an answer leaves with the same sign-in', async ({ browser }) => {
  await withOAuthServers(({ preset, smtp }) =>
    withWindow(browser, {}, async ({ page, engine, context }) => {
      const wizard = await startWithPreset(page, preset)
      await expect(wizard.getByLabel('Account name')).toBeFocused()
      await tabTo(page, wizard.getByRole('button', { name: 'Sign in with your browser' }))
      const opening = context.waitForEvent('page')
      await page.keyboard.press('Enter')
      const theirs = await opening
      await theirs.getByRole('button', { name: 'Allow' }).press('Enter')
      await expect(theirs.getByRole('heading', { name: 'You are signed in' })).toBeVisible()
      await theirs.close()
      await expect(wizard.getByRole('button', { name: /Next/ })).toBeFocused()
      await page.keyboard.press('Enter')
      await wizard.getByRole('button', { name: 'Check these settings' }).press('Enter')
      await expect(wizard.getByText(/signed in with the browser/).first()).toBeVisible()
      await wizard.getByRole('button', { name: 'Finish' }).press('Enter')
      await expect(page.getByRole('row', { name: 'Behind the sign-in page' })).toBeVisible()

      const [account] = await engine.call('accounts.list', {})
      expect(account).toMatchObject({
        incoming: { signIn: 'oauth2' },
        outgoing: { signIn: 'same' },
        oauth: { clientId: 'practice-client' },
      })
      const draft = await engine.call('compose.start', { kind: 'new', message: null, folder: null })
      await engine.call('outbox.queue', {
        id: null,
        draft: { ...draft, to: 'bob@example.org', subject: 'By token', text: 'Hello' },
        now: true,
      })
      await expect.poll(() => smtp.received.at(-1)?.user).toBe(testAddress)
    }),
  )
})

test('Where the browser has no way back, a code signs in', async ({ browser }) => {
  await withOAuthServers(({ preset, provider }) =>
    withWindow(browser, {}, async ({ page }) => {
      const wizard = await startWithPreset(page, preset)
      await wizard.getByRole('button', { name: 'Use a code instead' }).click()
      const code = await wizard.getByLabel('Code').textContent()
      await expect(wizard.getByText('Waiting until the code has been entered')).toBeVisible()
      provider.enterCode(code ?? '')
      await expect(wizard.getByText('You are signed in.')).toBeVisible()
    }),
  )
})

test('An administrator must allow it first: the text is for the help desk, and the user can try again at once', async ({ browser }) => {
  await withOAuthServers(({ preset, provider }) =>
    withWindow(browser, {}, async ({ page }) => {
      const wizard = await startWithPreset(page, preset)
      provider.faults.authorization = { error: 'access_denied', description: 'AADSTS90094: An administrator must consent.' }
      await onTheirPage(page, wizard.getByRole('button', { name: 'Sign in with your browser' }), 'Allow', 'failed')
      await expect(wizard.getByText('SIGN-4')).toBeVisible()
      await wizard.getByRole('button', { name: 'Details' }).click()
      await expect(wizard.getByText('AADSTS90094')).toBeVisible()
      delete provider.faults.authorization
      await onTheirPage(page, wizard.getByRole('button', { name: 'Sign in again' }), 'Allow')
      await expect(wizard.getByRole('status')).toContainText('You are signed in')
    }),
  )
})

test('The connection doctor finds that nobody has signed in, and one click leads to it', async ({ browser }) => {
  await withOAuthServers(({ preset }) =>
    withWindow(browser, {}, async ({ page, engine }) => {
      const wizard = await startWithPreset(page, preset)
      await wizard.getByRole('button', { name: /Next/ }).click()
      await expect(wizard.getByText('with the browser, when mail is fetched for the first time')).toBeVisible()
      await wizard.getByRole('checkbox', { name: 'Send and receive now' }).uncheck()
      await wizard.getByRole('button', { name: 'Finish' }).click()
      await expect(wizard).toBeHidden()
      await chooseFromMenu(page, 'Tools', 'Accounts')
      await page.getByRole('dialog', { name: 'Internet Accounts' }).getByRole('row', { name: 'Example Corp' }).dblclick()
      const properties = page.getByRole('dialog', { name: 'Example Corp Properties' })
      await properties.getByRole('tab', { name: 'Servers' }).click()
      await properties.getByRole('button', { name: 'Check...' }).click()
      await page.getByRole('button', { name: 'Sign in with the browser', exact: true }).click()
      const dialog = page.getByRole('dialog', { name: 'Sign in - 127.0.0.1' })
      await onTheirPage(page, dialog.getByRole('button', { name: 'Sign in with your browser' }), 'Allow')
      await expect(dialog.getByRole('status')).toContainText('You are signed in')
      await dialog.getByRole('button', { name: 'Close' }).first().click()
      await properties.getByRole('button', { name: 'Check...' }).click()
      await expect(page.getByText('Everything works')).toBeVisible()
      expect((await engine.call('logon.pending', {})).length).toBe(0)
    }),
  )
})

test('Without a client ID the wizard says so, takes one, and has it for the next account', async ({ browser }) => {
  await withWindow(browser, {}, async ({ page, engine }) => {
    const incoming = { protocol: 'imap', host: 'imap.gmail.com', auth: 'oauth2' }
    const wizard = await startWithPreset(page, { postrider: 1, email: '%EMAILADDRESS%', incoming, outgoing: { host: 'smtp.gmail.com' } })
    await expect(wizard.getByText('Google lets you sign in on its own page.')).toBeVisible()
    await wizard.getByRole('button', { name: 'Sign in with your browser' }).click()
    await expect(wizard.getByText('SIGN-7')).toBeVisible()
    await wizard.getByRole('button', { name: 'Sign-in settings' }).click()
    const settings = page.getByRole('dialog', { name: 'Sign-in Settings' })
    await expect(settings.getByLabel('Client ID')).toBeFocused()
    await page.keyboard.type('123.apps.example')
    await settings.getByLabel('Client secret').fill('not really one')
    await page.keyboard.press('Enter')
    await expect(settings).toBeHidden()
    const google = (await engine.call('oauth.providers', {})).find(({ id }) => id === 'google')
    expect(google).toMatchObject({ clientId: '123.apps.example', hasSecret: true })
    expect(JSON.stringify(await engine.call('settings.get', {}))).not.toContain('not really one')
  })
})

test('A provider that takes both asks for a password, offers the browser, and prefers it once there is a client ID', async ({
  browser,
}) => {
  await withWindow(browser, { prepare: offline }, async ({ page, engine }) => {
    const wizard = await findOnline(page)
    await expect(wizard.getByLabel('Password:')).toBeVisible()
    await wizard.getByRole('button', { name: 'Sign in with the browser instead' }).click()
    await expect(wizard.getByLabel('Password:')).toBeHidden()
    await wizard.getByRole('button', { name: 'Log on with a password instead' }).click()
    await expect(wizard.getByLabel('Password:')).toBeVisible()
    await engine.call('oauth.setClient', { provider: 'google', clientId: 'ours', tenant: '', secret: null })
    await page.reload()
    await expect((await findOnline(page)).getByRole('button', { name: 'Sign in with your browser' })).toBeVisible()
  })
})

async function findOnline(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Set up an account' }).click()
  const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
  await wizard.getByLabel('Display name').fill('Alice Smith')
  await wizard.getByLabel('E-mail address:').fill('alice.smith@gmail.com')
  const next = wizard.getByRole('button', { name: /Next/ })
  await next.click()
  await expect(wizard.getByLabel(/^Incoming mail/)).toHaveValue('imap.gmail.com')
  await next.click()
  return wizard
}
