/** POP3 as a person sees it: what stays on the server and what leaves it, Secure Password Authentication, remote mail. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { arrayMaildrop, type StoredMessage } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import { findServers, missingServers } from '../servers/find-servers.ts'
import { type Lab, startLab } from '../servers/start-lab.ts'
import { expectAccessible } from './support/axe.ts'
import { addAccount } from './support/add-account.ts'
import { setUpAccount } from './support/set-up-account.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

// Nothing is sent here: without Exim these stories can be told as well.
const missing = missingServers({ dovecot: findServers().dovecot, exim: 'not needed' })

let lab: Lab | undefined
test.beforeAll(async () => {
  if (missing === undefined) lab = await startLab({ dovecot: true })
})
test.afterAll(async () => {
  await lab?.stop()
})

const letter = (subject: string) =>
  Buffer.from(
    `From: Bob Jones <bob@example.org>\r\nTo: alice@example.org\r\nSubject: ${subject}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n` +
      `Message-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\n\r\nThe text of ${subject}.\r\n`,
  )
const letters = (from: number, to: number): StoredMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ uidl: `u${from + index}`, raw: letter(`Letter ${from + index}`) }))

const person = { name: 'Alice Smith', address: 'alice@example.org', protocol: 'POP3', outgoingPort: 25 } as const
const rowOf = (page: Page, name: string | RegExp) => page.getByRole('row', { name })
const sendReceive = (page: Page) => page.getByRole('button', { name: 'Send/Recv', exact: true }).click()

/** The Remote Connection Wizard with what it proposes. */
async function connect(page: Page, expected?: RegExp): Promise<void> {
  const remote = page.getByRole('toolbar', { name: 'Remote' })
  await remote.getByRole('button', { name: 'Connect', exact: true }).click()
  const wizard = page.getByRole('dialog', { name: 'Remote Connection Wizard' })
  await wizard.getByRole('button', { name: 'Next' }).click()
  await expect(wizard.getByRole('checkbox', { name: 'Retrieve new message headers' })).toBeChecked()
  if (expected) await expect(wizard.getByRole('checkbox', { name: expected })).toBeChecked()
  await expectAccessible(page)
  await wizard.getByRole('button', { name: 'Finish' }).click()
  await expect(wizard).toBeHidden()
}

async function downloadHeadersOnly(page: Page): Promise<void> {
  await chooseFromMenu(page, 'Tools', 'Accounts')
  const accounts = page.getByRole('dialog', { name: 'Internet Accounts' })
  await accounts.getByRole('button', { name: 'Properties' }).click()
  const properties = page.getByRole('dialog', { name: /Properties$/ })
  await properties.getByRole('tab', { name: 'Advanced' }).click()
  await properties.getByLabel('Download headers only').check()
  await properties.getByRole('button', { name: 'OK' }).click()
  await accounts.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('toolbar', { name: 'Remote' })).toBeVisible()
}

test('a copy stays on the server unless told otherwise, and CORP/alice/a.smith is a name like any other', async ({ browser }) => {
  test.skip(lab === undefined, missing)
  if (!lab) return
  const { pop3, deliver, mailbox, user } = lab
  for (const subject of ['Stays one', 'Stays two']) deliver('alice', letter(subject))
  await withWindow(browser, {}, async ({ page, engine }) => {
    await page.getByRole('button', { name: 'Set up an account' }).click()
    await setUpAccount(page, { ...person, incomingPort: pop3.port, user: 'CORP/alice/a.smith', password: user('alice').password })
    await rowOf(page, 'Stays two').click()
    await expect(page.getByText('The text of Stays two.')).toBeVisible()
    await sendReceive(page)
    await expect(page.getByText('No new messages').first()).toBeVisible()
    const [account] = await engine.call('accounts.list', {})
    expect(account?.incoming.user).toBe('CORP/alice/a.smith')
  })
  expect(mailbox('alice')).toHaveLength(2)
})

test('before anything leaves the server a person sees what: No deletes nothing, Yes deletes what was shown', async ({ browser }) => {
  test.skip(lab === undefined, missing)
  if (!lab) return
  const { pop3, deliver, mailbox, user } = lab
  for (const subject of ['Leaves one', 'Leaves two', 'Leaves three']) deliver('bob', letter(subject))
  await withWindow(browser, {}, async ({ page }) => {
    await page.getByRole('button', { name: 'Set up an account' }).click()
    await setUpAccount(page, { ...person, incomingPort: pop3.port, user: 'bob', password: user('bob').password, leaveCopy: false })
    const forecast = page.getByRole('alertdialog', { name: /Deleting from the Server/ })
    await expect(forecast.getByText('May Postrider delete 3 messages')).toBeVisible()
    await expect(forecast.getByRole('button', { name: 'No' })).toBeFocused()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(forecast).toBeHidden()
    await expect(rowOf(page, 'Leaves three')).toBeVisible()
    await expect(page.getByText('Nothing was deleted from the server').first()).toBeVisible()
    expect(mailbox('bob')).toHaveLength(3)

    await sendReceive(page)
    await forecast.getByRole('button', { name: 'Yes' }).click()
    await expect.poll(() => mailbox('bob').length).toBe(0)
    await rowOf(page, 'Leaves one').click()
    await expect(page.getByText('The text of Leaves one.')).toBeVisible()
  })
})

test('unticking "Leave a copy" asks first, with the number of messages that would go', async ({ browser }) => {
  const mail = letters(1, 3)
  const server = await startPop3Server({ findUser: () => ({ password: 'right', maildrop: arrayMaildrop(mail) }) })
  await withWindow(browser, {}, async ({ page }) => {
    await page.getByRole('button', { name: 'Set up an account' }).click()
    await setUpAccount(page, { ...person, incomingPort: server.port, user: 'alice', password: 'right' })
    await expect(rowOf(page, 'Letter 3')).toBeVisible()
    await chooseFromMenu(page, 'Tools', 'Accounts')
    await page.getByRole('dialog', { name: 'Internet Accounts' }).getByRole('button', { name: 'Properties' }).click()
    const properties = page.getByRole('dialog', { name: /Properties$/ })
    await properties.getByRole('tab', { name: 'Advanced' }).click()
    const leave = properties.getByLabel('Leave a copy of messages on server')
    const days = properties.getByRole('checkbox', { name: 'Remove from server after' })
    const question = page.getByRole('alertdialog')
    await leave.click()
    await expect(question.getByText('3 messages that you already have will be deleted from the server')).toBeVisible()
    await question.getByRole('button', { name: 'Leave a Copy' }).click()
    await expect(leave).toBeChecked()
    await expect(days).toBeEnabled()
    await leave.click()
    await question.getByRole('button', { name: 'Delete Them' }).click()
    await expect(leave).not.toBeChecked()
    await expect(days).toBeDisabled()
  })
  expect(mail).toHaveLength(3)
  await server.close()
})

test('Secure Password Authentication passes the name CORP/jdoe/jdoe, and no password in clear text', async ({ browser }) => {
  const maildrop = arrayMaildrop(letters(1, 1))
  const server = await startPop3Server({
    findUser: (name) => (name === 'CORP/jdoe/jdoe' ? { password: 'P4ssw0rd!', maildrop } : undefined),
    abilities: { mechanisms: ['NTLM'] },
  })
  await withWindow(browser, {}, async ({ page }) => {
    await page.getByRole('button', { name: 'Set up an account' }).click()
    await setUpAccount(page, { ...person, incomingPort: server.port, user: 'CORP/jdoe/jdoe', password: 'P4ssw0rd!', spa: true })
    await rowOf(page, 'Letter 1').click()
    await expect(page.getByText('The text of Letter 1.')).toBeVisible()
  })
  expect(server.commands.some((line) => line.startsWith('AUTH NTLM'))).toBe(true)
  expect(server.commands.filter((line) => /^(?:USER|PASS|APOP)/.test(line))).toEqual([])
  await server.close()
})

test('remote mode: 10 headers known and 14 messages on the server are four TOPs; one of them is retrieved from its dialog', async ({
  browser,
}) => {
  const mail = letters(1, 10)
  const server = await startPop3Server({ findUser: () => ({ password: 'right', maildrop: arrayMaildrop(mail) }) })
  const sent = (name: string, from = 0) => server.commands.slice(from).filter((line) => line.startsWith(name))
  const prepare = async (engine: EngineClient) =>
    void (await addAccount(engine, { protocol: 'pop3', port: server.port, user: 'alice', password: 'right' }))
  await withWindow(browser, { prepare }, async ({ page }) => {
    await downloadHeadersOnly(page)
    await connect(page)
    await expect(rowOf(page, /Header only.*Letter 10/)).toBeVisible()
    expect(sent('TOP')).toHaveLength(10)
    expect(sent('RETR')).toEqual([])

    mail.push(...letters(11, 14))
    const before = server.commands.length
    await connect(page)
    await expect(rowOf(page, /Header only.*Letter 14/)).toBeVisible()
    expect(sent('TOP', before)).toEqual(['TOP 11 0', 'TOP 12 0', 'TOP 13 0', 'TOP 14 0'])

    await rowOf(page, 'Letter 12').click()
    await expect(page.getByText('Only the header of this message is here.')).toBeVisible()
    await expectAccessible(page)
    await rowOf(page, 'Letter 12').dblclick()
    const dialog = page.getByRole('dialog', { name: 'Message on the Server' })
    await expect(dialog.getByRole('radio', { name: /Retrieve a copy/ })).toBeFocused()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(page.getByText('The text of Letter 12.')).toBeVisible()
    expect(sent('RETR')).toEqual(['RETR 12'])
    expect(sent('DELE')).toEqual([])
  })
  await server.close()
})

test('the wizard sends those messages of the Outbox that are ticked, and fetches nothing that is not', async ({ browser }) => {
  const server = await startPop3Server({ findUser: () => ({ password: 'right', maildrop: arrayMaildrop(letters(1, 2)) }) })
  const outgoing = await startSmtpServer({ users: [{ user: 'alice', password: 'right' }] })
  const prepare = async (engine: EngineClient) => {
    const ports = { port: server.port, smtpPort: outgoing.port }
    await addAccount(engine, { protocol: 'pop3', ...ports, user: 'alice', password: 'right', pop3: { headersOnly: true } })
    for (const subject of ['R&D report', 'Not yet']) {
      const draft = await engine.call('compose.start', { kind: 'new', message: null, folder: null })
      await engine.call('outbox.queue', { id: null, draft: { ...draft, to: 'bob@example.org', subject, text: 'Text.' }, now: false })
    }
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await page.getByRole('toolbar', { name: 'Remote' }).getByRole('button', { name: 'Connect', exact: true }).click()
    const wizard = page.getByRole('dialog', { name: 'Remote Connection Wizard' })
    await wizard.getByRole('checkbox', { name: 'Confirm before connecting' }).uncheck()
    await wizard.getByRole('button', { name: 'Next' }).click()
    await wizard.getByRole('checkbox', { name: 'Retrieve new message headers' }).uncheck()
    await wizard.getByRole('checkbox', { name: /Carry out marks/ }).uncheck()
    await expect(wizard.getByRole('checkbox', { name: 'Send: R&D report' })).toBeChecked()
    await wizard.getByRole('checkbox', { name: 'Send: Not yet' }).uncheck()
    await wizard.getByRole('button', { name: 'Finish' }).click()
    const folders = page.getByRole('tree')
    await expect(folders.getByRole('treeitem', { name: /Outbox.*1 item/ })).toBeVisible()
    expect(subjectsOf(outgoing.received.map(({ raw }) => raw))).toEqual(['R&D report'])
    expect(server.commands).toEqual([])

    // Now it does the same without asking: what waits is sent.
    await page.getByRole('toolbar', { name: 'Remote' }).getByRole('button', { name: 'Connect', exact: true }).click()
    await expect.poll(() => outgoing.received.length).toBe(2)
    await expect(wizard).toBeHidden()
    expect(server.commands).toEqual([])
  })
  await outgoing.close()
  await server.close()
})

test('marks are set offline, survive a restart, and are carried out by the next connection', async ({ browser }) => {
  test.skip(lab === undefined, missing)
  if (!lab) return
  const { pop3, deliver, mailbox, user } = lab
  for (const subject of ['Mark one', 'Mark two', 'Mark three', 'Mark four']) deliver('carol', letter(subject))
  const data = mkdtempSync(join(tmpdir(), 'postrider-marks-'))
  const host = { dataFolder: data, secretsFile: join(data, 'secrets.json') }
  const prepare = async (engine: EngineClient) => {
    await addAccount(engine, { protocol: 'pop3', port: pop3.port, ...user('carol'), pop3: { headersOnly: true } })
  }
  await withWindow(browser, { host, prepare }, async ({ page }) => {
    await connect(page)
    await expect(rowOf(page, /Header only.*Mark four/)).toBeVisible()
    await page.getByRole('button', { name: 'Working Online' }).click()
    for (const [name, key] of [
      ['Mark one', 'Control+Shift+D'],
      ['Mark two', 'Control+Alt+D'],
      ['Mark three', 'Delete'],
    ] as const) {
      await rowOf(page, name).click()
      await page.keyboard.press(key)
    }
    await expectMarks(page)
    await expect(page.getByRole('button', { name: 'Retrieve a Copy', exact: true })).toBeDisabled()
  })
  expect(mailbox('carol')).toHaveLength(4)

  await withWindow(browser, { host }, async ({ page }) => {
    await expectMarks(page)
    await page.getByRole('button', { name: 'Working Offline' }).click()
    await connect(page, /Carry out marks: retrieve 1, retrieve 1 as a copy, delete 1/)
    await page
      .getByRole('alertdialog', { name: /Deleting from the Server/ })
      .getByRole('button', { name: 'Yes' })
      .click()
    await expect.poll(() => subjectsOf(mailbox('carol'))).toEqual(['Mark four', 'Mark two'])
    await expect(rowOf(page, 'Mark three')).toBeHidden()
    await expect(rowOf(page, /Header only.*Mark four/)).toBeVisible()
    for (const name of ['Mark one', 'Mark two']) {
      await rowOf(page, name).click()
      await expect(page.getByText(`The text of ${name}.`)).toBeVisible()
    }
  })
  rmSync(data, { recursive: true, force: true })
})

async function expectMarks(page: Page): Promise<void> {
  await expect(rowOf(page, /Marked to retrieve Bob.*Mark one/)).toBeVisible()
  await expect(rowOf(page, /Marked to retrieve a copy.*Mark two/)).toBeVisible()
  await expect(rowOf(page, /Marked to delete on the server.*Mark three/)).toBeVisible()
}

const subjectsOf = (mail: readonly Buffer[]) =>
  mail.map((raw) => String(/^Subject: (.*)\r?$/m.exec(raw.toString('latin1'))?.[1])).toSorted()
