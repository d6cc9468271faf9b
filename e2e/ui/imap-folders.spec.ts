/** Show/Hide IMAP Folders as a person uses it (A9): five thousand folders, ticks that stay, what a server calls subscribed. */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { ImapMailboxes } from '../../electron/practice/imap-mailboxes.ts'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { addAccount, testAddress, testPassword } from './support/add-account.ts'
import { setUpAccount } from './support/set-up-account.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

const users = [{ user: testAddress, password: testPassword }]
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Show/Hide IMAP Folders' })
const optionOf = (dialog: Locator, name: string | RegExp) => dialog.getByRole('option', { name, exact: typeof name === 'string' })
const nodeOf = (page: Page, name: string | RegExp) =>
  page.getByRole('tree', { name: 'Folders' }).getByRole('treeitem', { name, exact: typeof name === 'string' })
const subscribed = (mailboxes: ImapMailboxes) =>
  mailboxes
    .list()
    .filter(({ isSubscribed }) => isSubscribed)
    .map(({ path }) => path)
    .sort()

function someFolders(): ImapMailboxes {
  const mailboxes = new ImapMailboxes()
  for (const path of ['Projects', 'Projects/Server move']) mailboxes.create(path, { isSubscribed: true })
  for (const path of ['Newsletters', 'Old', 'Old/Server 2019']) mailboxes.create(path)
  return mailboxes
}

test('closing Internet Accounts after adding one offers the folders; what is chosen is shown, and the server knows', async ({
  browser,
}) => {
  const mailboxes = someFolders()
  const server = await startImapServer({ users, mailboxes })
  await withWindow(browser, { prepare: (engine) => addAccount(engine, { protocol: 'pop3', port: 1 }) }, async ({ page }) => {
    await chooseFromMenu(page, 'Tools', 'Accounts')
    const accounts = page.getByRole('dialog', { name: 'Internet Accounts' })
    await accounts.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('menuitem', { name: 'Mail' }).click()
    const setup = { name: 'Alice Smith', address: testAddress, protocol: 'IMAP', user: testAddress, password: testPassword } as const
    await setUpAccount(page, { ...setup, incomingPort: server.port, outgoingPort: 1 })
    await accounts.getByRole('button', { name: 'Close' }).first().click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
    const dialog = dialogOf(page)
    await expect(optionOf(dialog, 'Newsletters')).toBeVisible()
    await optionOf(dialog, 'Newsletters').click()
    await dialog.getByRole('button', { name: 'Show' }).click()
    await dialog.getByRole('button', { name: 'Go to' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('heading', { name: 'Newsletters' })).toBeVisible()
    await expect(nodeOf(page, 'Newsletters')).toBeVisible()
    await expect(nodeOf(page, 'Old')).toBeHidden()
    await expect.poll(() => subscribed(mailboxes)).toEqual(['INBOX', 'Newsletters', 'Projects', 'Projects/Server move'])
    // The account that was asked for at startup has no server; that is not what this is about.
    await page.keyboard.press('Escape')
  })
  await server.close()
})

test('ticks survive filtering, sorting, another tab and another account, and take effect on OK only', async ({ browser }) => {
  const work = someFolders()
  const home = new ImapMailboxes()
  home.create('Family')
  home.create('Letters', { isSubscribed: true })
  const servers = [await startImapServer({ users, mailboxes: work }), await startImapServer({ users, mailboxes: home })]
  await withWindow(
    browser,
    {
      async prepare(engine) {
        for (const [index, name] of ['Work', 'Home'].entries()) {
          const { id } = await addAccount(engine, { name, protocol: 'imap', port: servers[index]?.port ?? 0 })
          await engine.call('folders.download', { id })
        }
      },
    },
    async ({ page }) => {
      await expect(nodeOf(page, 'Letters')).toBeVisible()
      await page.keyboard.press('Alt+w')
      const dialog = dialogOf(page)
      const filter = dialog.getByLabel('Display folders containing')
      await expect(filter).toBeFocused()
      const list = dialog.getByRole('listbox', { name: /Folders of/ })
      await dialog.getByRole('option', { name: 'Work' }).click()

      await filter.fill('server')
      await expect(list.getByRole('option')).toHaveCount(2)
      await optionOf(dialog, /^Server 2019/).dblclick()
      await filter.fill('')
      await dialog.getByRole('button', { name: 'Folder', exact: true }).click()
      await expect(optionOf(dialog, 'Server 2019, shown')).toBeVisible()
      await dialog.getByRole('tab', { name: 'Visible' }).click()
      await expect(optionOf(dialog, /^Server 2019.*shown/)).toBeVisible()
      await expect(optionOf(dialog, /^Newsletters/)).toBeHidden()
      await optionOf(dialog, /^Projects, shown/).click()
      await dialog.getByRole('button', { name: 'Hide' }).click()
      await expect(optionOf(dialog, 'Projects')).toBeVisible()
      await expect(dialog.getByRole('button', { name: 'Hide' })).toBeDisabled()
      await optionOf(dialog, /^Inbox/).click()
      await expect(dialog.getByRole('button', { name: 'Hide' })).toBeDisabled()
      await dialog.getByRole('tab', { name: 'All' }).click()

      await dialog.getByRole('option', { name: 'Home' }).click()
      await optionOf(dialog, 'Family').click()
      await page.keyboard.press('Space')
      await expect(optionOf(dialog, 'Family, shown')).toBeVisible()
      await dialog.getByRole('option', { name: 'Work' }).click()
      await expect(optionOf(dialog, 'Server 2019, shown')).toBeVisible()
      expect(subscribed(work)).toEqual(['INBOX', 'Projects', 'Projects/Server move'])
      await dialog.getByRole('button', { name: 'OK' }).click()

      await expect(nodeOf(page, 'Server 2019')).toBeVisible()
      await expect(nodeOf(page, 'Family')).toBeVisible()
      await expect.poll(() => subscribed(work)).toEqual(['INBOX', 'Old/Server 2019', 'Projects/Server move'])
      await expect.poll(() => subscribed(home)).toEqual(['Family', 'INBOX', 'Letters'])
      // Shown as the place of a folder below it, though itself hidden.
      await expect(nodeOf(page, 'Projects')).toBeVisible()

      await page.keyboard.press('Alt+w')
      await optionOf(dialog, 'Newsletters').dblclick()
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await expect(nodeOf(page, 'Newsletters')).toBeHidden()
    },
  )
  for (const server of servers) await server.close()
})

test('Reset List finds what was made elsewhere; Hide in the folder list asks once', async ({ browser }) => {
  const mailboxes = someFolders()
  const server = await startImapServer({ users, mailboxes })
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    const { id } = await addAccount(engine, { name: 'Work', protocol: 'imap', port: server.port })
    await engine.call('folders.download', { id })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    mailboxes.create('Made elsewhere')
    await nodeOf(page, 'Work').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'IMAP Folders' }).click()
    const dialog = dialogOf(page)
    await expect(optionOf(dialog, /^Made elsewhere/)).toBeHidden()
    await dialog.getByRole('button', { name: 'Reset List' }).click()
    await expect(optionOf(dialog, /^Made elsewhere/)).toBeVisible()
    await page.keyboard.press('Escape')

    await nodeOf(page, 'Server move').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Hide' }).click()
    const question = page.getByRole('alertdialog')
    await question.getByLabel("Don't ask me again").check()
    await question.getByRole('button', { name: 'Yes' }).click()
    await expect(nodeOf(page, 'Server move')).toBeHidden()
    await nodeOf(page, 'Projects').click()
    await chooseFromMenu(page, 'File', 'Folder', 'Hide')
    await expect(nodeOf(page, 'Projects')).toBeHidden()
    await expect.poll(() => subscribed(mailboxes)).toEqual(['INBOX'])
  })
  await server.close()
})

test('five thousand folders: only a few are in the page, and any is found at once', async ({ browser }) => {
  const mailboxes = new ImapMailboxes()
  for (let index = 1; index < 5000; index++) mailboxes.create(`Customer ${index}`)
  mailboxes.create('Sales', { isSubscribed: true })
  const server = await startImapServer({ users, mailboxes })
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    const { id } = await addAccount(engine, { name: 'Work', protocol: 'imap', port: server.port })
    await engine.call('folders.download', { id })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await expect(nodeOf(page, 'Sales')).toBeVisible()
    await page.keyboard.press('Alt+w')
    const dialog = dialogOf(page)
    await expect(dialog.getByText('of 5,001 shown')).toBeVisible()
    expect(await dialog.getByRole('option').count()).toBeLessThan(60)
    await dialog.getByRole('listbox').focus()
    await page.keyboard.press('End')
    await expect(optionOf(dialog, /^Sales/)).toBeInViewport()
    await dialog.getByLabel('Display folders containing').pressSequentially('r 4711')
    await expect(dialog.getByRole('option')).toHaveCount(1)
    await expect(optionOf(dialog, /^Customer 4711/)).toBeVisible()
  })
  await server.close()
})
