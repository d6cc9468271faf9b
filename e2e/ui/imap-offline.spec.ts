/** Working without a network: what is marked is there, what is not here says so, and the whole offline story over Dovecot (F1-F3). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { ImapMailboxes } from '../../electron/practice/imap-mailboxes.ts'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { missingServers } from '../servers/find-servers.ts'
import { type LabWithSmtp, startLab } from '../servers/start-lab.ts'
import { addAccount, testAddress, testPassword } from './support/add-account.ts'
import { startCuttableLine } from './support/cuttable-line.ts'
import { engineOf } from './support/engine-of.ts'
import { startHost, type TestHost } from './support/host.ts'
import { addCarol, createFolder, handsOf, letter, nodeOf, openInbox, placeByKeys, rowOf, subjects, treeOf } from './support/imap-window.ts'
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
