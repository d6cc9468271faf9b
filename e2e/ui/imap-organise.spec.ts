/** Organising mail on a real IMAP server as a person does it: by menu, by key, by drag (C6). */
import { expect, test } from '@playwright/test'
import { ImapMailboxes } from '../../electron/practice/imap-mailboxes.ts'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { missingServers } from '../servers/find-servers.ts'
import { openImapHands } from '../servers/imap-hands.ts'
import { type LabWithSmtp, startLab } from '../servers/start-lab.ts'
import { addAccount, testAddress, testPassword } from './support/add-account.ts'
import { addCarol, createFolder, handsOf, letter, nodeOf, openInbox, placeByKeys, rowOf, subjects, treeOf } from './support/imap-window.ts'
import { chooseFromMenu, closing, popupOf } from './support/walks/steps.ts'
import { type TestWindow, withWindow } from './support/with-window.ts'

const missing = missingServers()

let lab: LabWithSmtp | undefined
test.beforeEach(async () => {
  if (missing === undefined) lab = await startLab({ dovecot: true, exim: true })
})
test.afterEach(async () => {
  await lab?.stop()
})

test('folders are made, renamed, moved and deleted; messages are moved, copied, deleted, undeleted and purged', async ({ browser }) => {
  test.skip(lab === undefined, missing)
  const server = lab
  if (!server) return
  for (let index = 1; index <= 6; index++) server.deliver('carol', letter(`Letter ${index}`))
  const hands = await handsOf(server)
  const prepare = async (engine: TestWindow['engine']) => {
    const { id, isDefault: _, ...settings } = await addCarol(engine, { server })
    const imap = { ...settings.imap, moveDeleted: false }
    await engine.call('accounts.update', { id, settings: { ...settings, imap }, password: null, outgoingPassword: null, route: {} })
    await engine.call('folders.download', { id })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await createFolder(page, 'Projects')
    await createFolder(page, 'Archive 2026')
    await openInbox(page)

    await rowOf(page, 'Letter 1').click()
    await placeByKeys(page, 'Projects', () => page.keyboard.press('Control+Shift+V'))
    await expect(rowOf(page, 'Letter 1')).toBeHidden()

    await rowOf(page, 'Letter 2').click()
    await rowOf(page, 'Letter 3').click({ modifiers: ['Shift'] })
    await rowOf(page, 'Letter 3').dragTo(nodeOf(page, 'Projects'))
    await expect(rowOf(page, 'Letter 3')).toBeHidden()
    await expect(rowOf(page, 'Letter 2')).toBeHidden()
    await expect.poll(async () => subjects(await hands.messages('Projects'))).toEqual(['Letter 1', 'Letter 2', 'Letter 3'])

    await rowOf(page, 'Letter 4').click()
    await chooseFromMenu(page, 'Edit', 'Copy to Folder')
    await placeByKeys(page, 'Archive 2026', async () => undefined)
    await expect(rowOf(page, 'Letter 4')).toBeVisible()
    await expect.poll(async () => subjects(await hands.messages('Archive 2026'))).toEqual(['Letter 4'])
    await page.keyboard.down('Control')
    await rowOf(page, 'Letter 4').dragTo(nodeOf(page, 'Projects'))
    await page.keyboard.up('Control')
    await expect(rowOf(page, 'Letter 4')).toBeVisible()
    await expect.poll(async () => subjects(await hands.messages('Projects'))).toHaveLength(4)
    // From the server to this computer.
    await rowOf(page, 'Letter 6').click()
    await rowOf(page, 'Letter 6').dragTo(
      treeOf(page)
        .getByRole('treeitem', { name: /^Inbox/ })
        .first(),
    )
    await expect(rowOf(page, 'Letter 6')).toBeHidden()
    await expect.poll(async () => subjects(await hands.messages('INBOX'))).toEqual(['Letter 4', 'Letter 5'])

    await rowOf(page, 'Letter 5').click()
    await page.keyboard.press('Delete')
    await expect(rowOf(page, /Marked as deleted.*Letter 5/)).toBeVisible()
    await chooseFromMenu(page, 'View', 'Current View', 'Show Deleted Messages')
    await expect(rowOf(page, 'Letter 5')).toBeHidden()
    await chooseFromMenu(page, 'View', 'Current View', 'Show Deleted Messages')
    await rowOf(page, 'Letter 5').click()
    await chooseFromMenu(page, 'Edit', 'Undelete')
    await expect(rowOf(page, /Marked as deleted/)).toHaveCount(0)
    await rowOf(page, 'Letter 5').click()
    await page.keyboard.press('Delete')
    await chooseFromMenu(page, 'Edit', 'Purge Deleted Messages')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
    await expect(rowOf(page, 'Letter 5')).toBeHidden()
    await expect.poll(async () => subjects(await hands.messages('INBOX'))).toEqual(['Letter 4'])

    await nodeOf(page, 'Archive 2026').dragTo(nodeOf(page, 'Projects'))
    await expect.poll(() => hands.command('LIST "" "Projects/*"')).toEqual([expect.stringContaining('Archive 2026')])
    await nodeOf(page, 'Archive 2026').click()
    await page.keyboard.press('F2')
    await expect(page.getByRole('dialog', { name: 'Rename Folder' }).getByLabel('Folder name')).toBeFocused()
    await page.keyboard.type('Done')
    await page.keyboard.press('Enter')
    await expect.poll(() => hands.command('LIST "" "Projects/*"')).toEqual([expect.stringContaining('Projects/Done')])
    await expect.poll(async () => subjects(await hands.messages('Projects/Done'))).toEqual(['Letter 4'])
    await nodeOf(page, 'Done').click()
    await page.keyboard.press('Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
    await expect(treeOf(page).getByRole('treeitem', { name: 'Done' })).toBeHidden()
    await expect.poll(() => hands.command('LIST "" "Projects/*"')).toEqual([])
    await expect(page.getByRole('button', { name: /waiting for the server/ })).toBeHidden()
  })
  hands.close()
})

test('public folders and those that others share are there too, and what they hold', async ({ browser }) => {
  test.skip(lab === undefined, missing)
  const server = lab
  if (!server) return
  const bob = await openImapHands({ port: server.imap.port, user: 'bob', password: server.user('bob').password })
  await bob.command('CREATE Team')
  await bob.command('SETACL Team carol lrs')
  await bob.append('Team', { raw: letter('Letter to the team') })
  await bob.append('Public/Announcements', { raw: letter('Letter to all') })
  const prepare = async (engine: TestWindow['engine']) => {
    const { id } = await addCarol(engine, { server })
    await engine.call('folders.download', { id })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await expect(nodeOf(page, /^Junk/)).toBeVisible()
    await page.keyboard.press('Alt+w')
    const dialog = page.getByRole('dialog', { name: 'Show/Hide IMAP Folders' })
    for (const name of [/^Announcements/, /^Team/]) {
      const option = dialog.getByRole('option', { name })
      await option.click()
      if (await dialog.getByRole('button', { name: 'Show' }).isEnabled()) await dialog.getByRole('button', { name: 'Show' }).click()
    }
    await dialog.getByRole('button', { name: 'OK' }).click()
    await nodeOf(page, 'Announcements').click()
    await expect(rowOf(page, 'Letter to all')).toBeVisible()
    await nodeOf(page, 'Team').click()
    await expect(rowOf(page, 'Letter to the team')).toBeVisible()
  })
  bob.close()
})

test('what the server refuses is taken back, and said in words', async ({ browser }) => {
  const server = await startImapServer({ users: [{ user: testAddress, password: testPassword }] })
  const prepare = async (engine: TestWindow['engine']) => {
    const { id } = await addAccount(engine, { name: 'Work', protocol: 'imap', port: server.port })
    await engine.call('folders.download', { id })
    server.faults.replies = { CREATE: 'NO [NOPERM] Only the postmaster makes folders' }
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await createFolder(page, 'Secret')
    const sign = page.getByRole('button', { name: '1 error' })
    await sign.click()
    const error = page.getByRole('alertdialog')
    await expect(error).toContainText('The mail server of "Work" refused a change, and it was taken back')
    await expect(error).toContainText('Secret')
    await error.getByRole('button', { name: 'Details' }).click()
    await expect(error).toContainText('Only the postmaster makes folders')
    await error.getByRole('button', { name: 'OK' }).click()
    await expect(treeOf(page).getByRole('treeitem', { name: 'Secret' })).toBeHidden()
    await expect(sign).toBeHidden()
    await expect(page.getByRole('button', { name: /waiting for the server/ })).toBeHidden()
  })
  await server.close()
})

test('a message is moved out of its own window; a folder that is left is purged when that is wished', async ({ browser }) => {
  const mailboxes = new ImapMailboxes()
  mailboxes.create('Projects', { isSubscribed: true })
  for (let index = 1; index <= 3; index++) mailboxes.deliver('INBOX', letter(`Letter ${index}`))
  const server = await startImapServer({ users: [{ user: testAddress, password: testPassword }], mailboxes })
  const held = (path: string) => subjects(mailboxes.find(path)?.messages.map(({ raw }) => raw) ?? [])
  const prepare = async (engine: TestWindow['engine']) => {
    const { id } = await addAccount(engine, { name: 'Work', protocol: 'imap', port: server.port })
    await engine.call('folders.download', { id })
    await engine.call('settings.set', { purgeOnLeave: true })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await openInbox(page)
    const read = await popupOf(page.context(), () => rowOf(page, 'Letter 1').dblclick())
    await expect(read.getByText('The text of Letter 1.')).toBeVisible()
    await read.keyboard.press('Control+Shift+V')
    const dialog = read.getByRole('dialog', { name: 'Move' })
    await dialog.getByRole('treeitem', { name: 'Projects' }).click()
    await closing(read, () => dialog.getByRole('button', { name: 'OK' }).click())
    await expect.poll(() => held('Projects')).toEqual(['Letter 1'])

    await rowOf(page, 'Letter 2').click()
    await page.keyboard.press('Delete')
    await expect(rowOf(page, /Marked as deleted.*Letter 2/)).toBeVisible()
    await nodeOf(page, 'Projects').click()
    await expect.poll(() => held('INBOX')).toEqual(['Letter 3'])
  })
  await server.close()
})
