/** Organising mail on a real IMAP server as a person does it: by menu, by key, by drag; online, and without a network (C6, F1-F3). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { ImapMailboxes } from '../../electron/practice/imap-mailboxes.ts'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { missingServers } from '../servers/find-servers.ts'
import { type ImapHands, openImapHands } from '../servers/imap-hands.ts'
import { type LabWithSmtp, startLab } from '../servers/start-lab.ts'
import { addAccount, testAddress, testPassword } from './support/add-account.ts'
import { startCuttableLine } from './support/cuttable-line.ts'
import { engineOf } from './support/engine-of.ts'
import { startHost, type TestHost } from './support/host.ts'
import { pageProblems } from './support/page-problems.ts'
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

const letter = (subject: string) =>
  Buffer.from(
    `From: Bob Jones <bob@example.org>\r\nTo: carol@example.org\r\nSubject: ${subject}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n` +
      `Message-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\n\r\nThe text of ${subject}.\r\n`,
  )
const handsOf = (server: LabWithSmtp): Promise<ImapHands> =>
  openImapHands({ port: server.imap.port, user: 'carol', password: server.user('carol').password })
const rowOf = (page: Page, name: string | RegExp) => page.getByRole('row', { name })
const treeOf = (page: Page) => page.getByRole('tree', { name: 'Folders' })
/** A folder of the IMAP account, which comes after Local Folders. */
const nodeOf = (page: Page, name: string | RegExp) => treeOf(page).getByRole('treeitem', { name }).last()
const subjects = (raw: readonly Buffer[]) => raw.map((each) => /^Subject: (.*?)\r?$/m.exec(each.toString())?.[1] ?? '').sort()

async function openInbox(page: Page): Promise<void> {
  await nodeOf(page, /^Inbox/).click()
  await expect(page.getByRole('row', { name: /Letter/ }).first()).toBeVisible()
}

interface Carol {
  readonly server: LabWithSmtp
  readonly imapPort?: number
  readonly smtpPort?: number
}

/** carol's account, marking instead of moving what is deleted, so that both ways are seen. */
function addCarol(engine: TestWindow['engine'], { server, imapPort = server.imap.port, smtpPort = server.smtp.relayPort }: Carol) {
  return addAccount(engine, {
    name: 'Work',
    protocol: 'imap',
    port: imapPort,
    smtpPort,
    user: 'carol',
    password: server.user('carol').password,
  })
}

async function createFolder(page: Page, name: string): Promise<void> {
  await treeOf(page).getByRole('treeitem', { name: 'Work', exact: true }).click()
  await page.keyboard.press('Control+Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Create Folder' })
  await dialog.getByLabel('Folder name').fill(name)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(nodeOf(page, name)).toBeVisible()
}

/** With the keyboard alone: the picker has the focus in its tree, a name is typed. */
async function placeByKeys(page: Page, folder: string, command: () => Promise<void>): Promise<void> {
  await command()
  const dialog = page.getByRole('dialog', { name: /^(Move|Copy)$/ })
  await expect(dialog.getByRole('tree')).toBeFocused()
  await page.keyboard.type(folder)
  await expect(dialog.getByRole('treeitem', { name: folder, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
}

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

test('what is marked for offline is there without a network; the synchronise page tells how much is here', async ({ browser }) => {
  test.skip(lab === undefined, missing)
  const server = lab
  if (!server) return
  for (let index = 1; index <= 4; index++) server.deliver('carol', letter(`Letter ${index}`))
  const prepare = async (engine: TestWindow['engine']) => {
    const { id } = await addCarol(engine, { server })
    await engine.call('folders.download', { id })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await openInbox(page)
    await rowOf(page, 'Letter 1').click()
    await expect(page.getByText('The text of Letter 1.')).toBeVisible()
    await page.getByRole('button', { name: 'Working Online' }).click()
    await rowOf(page, 'Letter 3').click()
    await expect(page.getByText('This message is not on this computer yet')).toBeVisible()
    await page.getByRole('button', { name: 'Mark for download' }).click()
    await expect(rowOf(page, /Marked for download.*Letter 3/)).toBeVisible()
    await rowOf(page, 'Letter 2').click()
    await page.keyboard.press('Control+Shift+M')
    await expect(page.getByRole('row', { name: /Marked for download/ })).toHaveCount(2)
    await chooseFromMenu(page, 'Tools', 'Mark for Offline', 'Do Not Download Message')
    await expect(page.getByRole('row', { name: /Marked for download/ })).toHaveCount(1)

    await treeOf(page).getByRole('treeitem', { name: 'Work', exact: true }).click()
    const table = page.getByRole('grid', { name: 'Synchronization of Work' })
    await expect(table.getByRole('row', { name: /Inbox.*1 of 4/ })).toBeVisible()
    await table.getByRole('row', { name: /Inbox/ }).click()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Headers Only' }).click()
    await expect(table.getByRole('row', { name: /Inbox.*Headers Only/ })).toBeVisible()
    await page.getByRole('button', { name: 'Synchronize Account' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
    await expect(table.getByRole('row', { name: /Inbox.*2 of 4/ })).toBeVisible()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'All Messages' }).click()
    await chooseFromMenu(page, 'Tools', 'Synchronize Account')
    await expect(table.getByRole('row', { name: /Inbox.*4 All messages/ })).toBeVisible()
    await page.getByRole('button', { name: 'Working Online' }).click()
    await openInbox(page)
    await rowOf(page, 'Letter 2').click()
    await expect(page.getByText('The text of Letter 2.')).toBeVisible()
  })
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

test('while the network fails, a message that is not here says so, can be marked, and is tried again', async ({ browser }) => {
  const mailboxes = new ImapMailboxes()
  for (let index = 1; index <= 3; index++) mailboxes.deliver('INBOX', letter(`Letter ${index}`))
  const server = await startImapServer({ users: [{ user: testAddress, password: testPassword }], mailboxes })
  const line = await startCuttableLine(server.port)
  const prepare = async (engine: TestWindow['engine']) => {
    const { id } = await addAccount(engine, { name: 'Work', protocol: 'imap', port: line.port })
    await engine.call('folders.download', { id })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await openInbox(page)
    line.cut()
    await rowOf(page, 'Letter 2').click()
    await expect(page.getByText('the mail server can not be reached now')).toBeVisible()
    await page.getByRole('button', { name: 'Mark for download' }).click()
    await expect(rowOf(page, /Marked for download.*Letter 2/)).toBeVisible()
    line.mend()
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText('The text of Letter 2.')).toBeVisible()
  })
  await line.close()
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

interface Shown {
  readonly page: Page
  close(): Promise<void>
}

async function openWindow(browser: Browser, host: TestHost): Promise<Shown> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const problems = pageProblems(page)
  await page.goto(host.url)
  return {
    page,
    async close() {
      await context.close()
      expect(problems).toEqual([])
      expect(await host.stop(), host.errors()).toBe(0)
    },
  }
}

async function answer(page: Page, text: string): Promise<void> {
  const compose = await popupOf(page.context(), () => page.getByRole('button', { name: 'Reply', exact: true }).click())
  const editor = compose.getByRole('textbox', { name: 'Message text' })
  await expect(editor).toHaveValue(/Original Message/)
  await editor.focus()
  await compose.keyboard.press('Control+Home')
  await compose.keyboard.type(text)
  await compose.getByRole('button', { name: 'Send', exact: true }).click()
  await closing(compose, () => compose.getByRole('alertdialog').getByRole('button', { name: 'OK' }).click())
}

test('the offline story: read, answer, move, delete and make a folder without a network, restart, reconnect; each is done once', async ({
  browser,
}) => {
  test.skip(lab === undefined, missing)
  const server = lab
  if (!server) return
  for (let index = 1; index <= 5; index++) server.deliver('carol', letter(`Letter ${index}`))
  const hands = await handsOf(server)
  const imap = await startCuttableLine(server.imap.port)
  const smtp = await startCuttableLine(server.smtp.relayPort)
  const data = mkdtempSync(join(tmpdir(), 'postrider-offline-'))
  const start = () => startHost({ dataFolder: data, secretsFile: join(data, 'secrets') })

  let host = await start()
  const engine = await engineOf(host)
  const { id } = await addCarol(engine, { server, imapPort: imap.port, smtpPort: smtp.port })
  await engine.call('folders.download', { id })
  let shown = await openWindow(browser, host)
  let { page } = shown
  await nodeOf(page, /^Inbox/).click()
  await chooseFromMenu(page, 'File', 'Folder', 'Synchronization Settings', 'All Messages')
  await chooseFromMenu(page, 'Tools', 'Synchronize Account')
  await expect(rowOf(page, 'Letter 5')).toBeVisible()
  await treeOf(page).getByRole('treeitem', { name: 'Work', exact: true }).click()
  await expect(page.getByRole('row', { name: /Inbox.*5 All messages/ })).toBeVisible()

  imap.cut()
  smtp.cut()
  await page.getByRole('button', { name: 'Working Online' }).click()
  await openInbox(page)
  await rowOf(page, 'Letter 1').click()
  await expect(page.getByText('The text of Letter 1.')).toBeVisible()
  await page.keyboard.press('Control+Q')
  await answer(page, 'I read this on the train.')
  await createFolder(page, 'Travel')
  await openInbox(page)
  await rowOf(page, 'Letter 2').click()
  await placeByKeys(page, 'Travel', () => page.keyboard.press('Control+Shift+V'))
  await expect(rowOf(page, 'Letter 2')).toBeHidden()
  await rowOf(page, 'Letter 3').dragTo(nodeOf(page, 'Travel'))
  await expect(rowOf(page, 'Letter 3')).toBeHidden()
  await rowOf(page, 'Letter 4').click()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('button', { name: /changes are waiting for the server/ })).toBeVisible()
  await shown.close()

  host = await start()
  shown = await openWindow(browser, host)
  page = shown.page
  await expect(page.getByRole('button', { name: 'Working Offline' })).toBeVisible()
  await nodeOf(page, 'Travel').click()
  await rowOf(page, 'Letter 2').click()
  await expect(page.getByText('The text of Letter 2.')).toBeVisible()
  await page.getByRole('button', { name: /changes are waiting for the server/ }).click()
  const waiting = page.getByRole('dialog', { name: 'Waiting Operations' })
  await expect(waiting.getByRole('row', { name: /Travel/ }).first()).toBeVisible()
  await page.keyboard.press('Escape')

  const before = server.mailbox('bob').length
  imap.mend()
  smtp.mend()
  await page.getByRole('button', { name: 'Working Offline' }).click()
  await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
  await expect(page.getByRole('button', { name: /waiting for the server/ })).toBeHidden()
  const arrived = await server.arrived('bob', before + 1)
  expect(arrived.filter((raw) => raw.includes('I read this on the train.'))).toHaveLength(1)
  await expect.poll(async () => subjects(await hands.messages('Travel'))).toEqual(['Letter 2', 'Letter 3'])
  expect(subjects(await hands.messages('Trash'))).toEqual(['Letter 4'])
  expect(subjects(await hands.messages('INBOX'))).toEqual(['Letter 1', 'Letter 5'])
  await expect.poll(async () => subjects(await hands.messages('Sent'))).toEqual(['Re: Letter 1'])
  await hands.command('EXAMINE INBOX')
  const flags = await hands.command('UID FETCH 1:* (FLAGS)')
  expect(flags.filter((line) => line.includes('\\Answered') && line.includes('\\Seen'))).toHaveLength(1)
  await expect(treeOf(page).getByRole('treeitem', { name: /Outbox.*1/ })).toBeHidden()
  await shown.close()

  hands.close()
  await imap.close()
  await smtp.close()
  rmSync(data, { recursive: true, force: true })
})
