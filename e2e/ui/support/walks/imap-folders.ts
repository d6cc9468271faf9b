import { expect, type Page } from '@playwright/test'
import { ImapMailboxes } from '../../../../electron/practice/imap-mailboxes.ts'
import { startImapServer } from '../../../../electron/practice/imap-server.ts'
import { addAccount, testAddress, testPassword } from '../add-account.ts'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu } from './steps.ts'
import type { Walk } from './walk.ts'

/** Folders on servers: shown and hidden, made and moved, synchronised; and what waits while one is offline. */
export const imapFolders: Walk = async (browser, look) => {
  const server = await startImapServer({ users: [{ user: testAddress, password: testPassword }], mailboxes: filledMailboxes() })
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    const work = await addAccount(engine, { name: 'Work', protocol: 'imap', port: server.port })
    await engine.call('folders.download', { id: work.id })
    await addAccount(engine, { name: 'Society', protocol: 'imap', port: server.port })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    const tree = page.getByRole('tree', { name: 'Folders' })
    await tree.getByRole('treeitem', { name: 'Work' }).click()
    await expect(
      page
        .getByRole('grid')
        .getByRole('row', { name: /Projects/ })
        .first(),
    ).toBeVisible()
    await look('synchronize-page', page)
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await look('synchronize-settings', page)
    await page.keyboard.press('Escape')

    await page.getByRole('main').getByRole('button', { name: 'IMAP Folders' }).click()
    const dialog = page.getByRole('dialog', { name: 'Show/Hide IMAP Folders' })
    const rows = dialog.getByRole('listbox', { name: 'Folders of Work' })
    await expect(rows.getByRole('option', { name: /Newsletters/ })).toBeVisible()
    await rows.getByRole('option', { name: /Newsletters/ }).dblclick()
    await look('imap-folders', page)
    await dialog.getByLabel('Display folders containing').fill('server')
    await look('imap-folders-filtered', page)
    await dialog.getByLabel('Display folders containing').fill('no such folder')
    await dialog.getByRole('tab', { name: 'Visible' }).click()
    await look('imap-folders-none', page)
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    await openInbox(page)
    await page.getByRole('row', { name: 'Letter 3' }).click()
    await expect(page.getByText('Text of letter 3.')).toBeVisible()
    await page.getByRole('row', { name: 'Letter 3' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Mark for Offline' }).hover()
    await expect(page.getByRole('menuitem', { name: 'Download All Messages Later' })).toBeVisible()
    await look('imap-message-menu', page)
    await closeMenus(page)
    await page.keyboard.press('Control+Shift+V')
    const move = page.getByRole('dialog', { name: 'Move' })
    await expect(move.getByRole('tree')).toBeFocused()
    await look('move-to-folder', page)
    await move.getByRole('button', { name: 'New Folder' }).click()
    const create = page.getByRole('dialog', { name: 'Create Folder' })
    await create.getByLabel('Folder name').fill('Projects')
    await create.getByRole('treeitem', { name: 'Work' }).click()
    await expect(create.getByRole('alert')).toBeVisible()
    await look('create-folder-taken', page)
    await create.getByRole('button', { name: 'Cancel' }).click()
    await move.getByRole('button', { name: 'Cancel' }).click()

    await tree.getByRole('treeitem', { name: /^Projects/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Synchronization Settings' }).hover()
    await expect(page.getByRole('menuitemcheckbox', { name: 'All Messages' })).toBeVisible()
    await look('folder-menu', page)
    await closeMenus(page)
    await tree.focus()
    await page.keyboard.press('F2')
    await expect(page.getByRole('dialog', { name: 'Rename Folder' }).getByLabel('Folder name')).toBeFocused()
    await look('rename-folder', page)
    await page.keyboard.press('Escape')
    await tree.focus()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('delete-folder', page)
    await page.getByRole('button', { name: 'No', exact: true }).click()
    await chooseFromMenu(page, 'File', 'Folder', 'Hide')
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('hide-folder', page)
    await page.getByRole('button', { name: 'No', exact: true }).click()
    await tree.getByRole('treeitem', { name: /Public/ }).click()
    await expect(page.getByText('This folder only holds other folders')).toBeVisible()
    await look('folder-without-mail', page)
    await tree.getByRole('treeitem', { name: 'Meetings, Calendar' }).click()
    await expect(page.getByText('This folder holds a calendar')).toBeVisible()
    await look('folder-calendar', page)

    await page.getByRole('button', { name: 'Working Online' }).click()
    await openInbox(page)
    await page.getByRole('row', { name: 'Letter 5' }).click()
    await expect(page.getByText('This message is not on this computer yet')).toBeVisible()
    await look('message-not-here', page)
    await page.getByRole('button', { name: 'Mark for download' }).click()
    await expect(page.getByRole('row', { name: /Marked for download/ })).toBeVisible()
    await page.getByRole('row', { name: 'Letter 3' }).click()
    await page.keyboard.press('Control+Q')
    await page.getByRole('row', { name: 'Letter 2' }).click()
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: /waiting for the server/ }).click()
    await expect(page.getByRole('dialog', { name: 'Waiting Operations' })).toBeVisible()
    await look('waiting-operations', page)
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('waiting-undo', page)
    await page.getByRole('button', { name: 'No', exact: true }).click()
    await page.keyboard.press('Escape')
    await look('main-waiting', page)
  })
  await server.close()
}

async function closeMenus(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
}

async function openInbox(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: 'Work', exact: true }).locator('xpath=following-sibling::*[1]').click()
  await expect(page.getByRole('row', { name: 'Letter 3' })).toBeVisible()
}

function filledMailboxes(): ImapMailboxes {
  const mailboxes = new ImapMailboxes()
  for (const [path, specialUse] of [
    ['Sent Items', '\\Sent'],
    ['Drafts', '\\Drafts'],
    ['Archive', '\\Archive'],
  ] as const)
    mailboxes.create(path, { isSubscribed: true, specialUse })
  for (const path of ['Projects', 'Projects/Server move', 'Projects/Résumé & plans']) mailboxes.create(path, { isSubscribed: true })
  mailboxes.create('Public', { isSelectable: false })
  mailboxes.create('Public/Announcements', { isSubscribed: true })
  for (const path of ['Newsletters', 'Old/2024', 'Old/2025', 'Old/2025/Servers']) mailboxes.create(path)
  for (const path of ['#calendars/Meetings', '#addressbooks/Colleagues']) mailboxes.create(path, { isSubscribed: true })
  for (let index = 1; index <= 6; index++) mailboxes.deliver('INBOX', letter(index))
  mailboxes.deliver('Projects', letter(7))
  return mailboxes
}

const letter = (index: number) =>
  Buffer.from(
    `From: Person ${index} <p${index}@example.org>\r\nTo: ${testAddress}\r\nSubject: Letter ${index}\r\n` +
      `Date: Fri, 20 Nov 2026 10:0${index}:00 +0000\r\nMessage-ID: <letter.${index}@example.org>\r\n\r\nText of letter ${index}.\r\n`,
  )
