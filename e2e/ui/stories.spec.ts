/** The main job as a person does it: from the empty window to the answered message, on real servers, and again after a restart without them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { missingServers } from '../servers/find-servers.ts'
import { startLab, type LabWithSmtp } from '../servers/start-lab.ts'
import { startHost, type TestHost } from './support/host.ts'
import { pageProblems } from './support/page-problems.ts'
import { setUpAccount } from './support/set-up-account.ts'
import { closing } from './support/walks/steps.ts'

const missing = missingServers()

let lab: LabWithSmtp | undefined
test.beforeAll(async () => {
  if (missing === undefined) lab = await startLab({ dovecot: true, exim: true })
})
test.afterAll(async () => {
  await lab?.stop()
})

interface Letter {
  readonly to: string
  readonly subject: string
  readonly body: string
}

const letter = ({ to, subject, body }: Letter) =>
  Buffer.from(
    `From: Bob Jones <bob@example.org>\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n` +
      `Message-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\n\r\n${body}\r\n`,
  )

/** Offline the window says that the message waits in the Outbox. */
async function answer(page: Page, text: string, isOffline: boolean): Promise<void> {
  const [compose] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: 'Reply', exact: true }).click(),
  ])
  const editor = compose.getByRole('textbox', { name: 'Message text' })
  await expect(editor).toHaveValue(/Original Message/)
  await editor.focus()
  await compose.keyboard.press('Control+Home')
  await compose.keyboard.type(text)
  const send = compose.getByRole('button', { name: 'Send', exact: true })
  if (isOffline) await send.click()
  await closing(compose, () => (isOffline ? compose.getByRole('alertdialog').getByRole('button', { name: 'OK' }) : send).click())
}

async function openWindow(browser: Browser, host: TestHost): Promise<{ context: BrowserContext; page: Page; problems: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const problems = pageProblems(page)
  await page.goto(host.url)
  return { context, page, problems }
}

for (const protocol of ['POP3', 'IMAP'] as const) {
  test(`${protocol}: wizard, receive, read with the network cut, answer; the answer arrives; all of it there after a restart`, async ({
    browser,
  }) => {
    test.skip(lab === undefined, missing)
    if (!lab) return
    const data = mkdtempSync(join(tmpdir(), 'postrider-story-'))
    const subject = `The plan for ${protocol}`
    const user = protocol === 'POP3' ? 'alice' : 'carol'
    const before = lab.mailbox('bob').length
    lab.deliver(user, letter({ to: `${user}@example.org`, subject, body: 'We meet beside the heliograph.' }))
    let host = await startHost({ dataFolder: data })
    const { context, page, problems } = await openWindow(browser, host)
    await page.getByRole('button', { name: 'Set up an account' }).click()
    await setUpAccount(page, {
      name: 'Alice Smith',
      address: `${user}@example.org`,
      protocol,
      incomingPort: protocol === 'POP3' ? lab.pop3.port : lab.imap.port,
      outgoingPort: lab.smtp.relayPort,
      user: protocol === 'POP3' ? 'CORP/alice/a.smith' : user,
      password: lab.user(user).password,
    })
    if (protocol === 'IMAP') {
      await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
      await page.getByRole('dialog', { name: 'Show/Hide IMAP Folders' }).getByRole('button', { name: 'OK' }).click()
    }
    const folders = page.getByRole('tree')
    const inbox = folders.getByRole('treeitem', { name: /^Inbox/ })
    await (protocol === 'POP3' ? inbox.first() : inbox.last()).click()
    const row = page.getByRole('row', { name: subject })
    await expect(row).toBeVisible()
    await row.click()
    await expect(page.getByText('beside the heliograph')).toBeVisible()

    await page.getByRole('button', { name: /Working Online/ }).click()
    await expect(page.getByRole('button', { name: /Working Offline/ })).toBeVisible()
    await answer(page, 'I shall be there.', true)
    await expect(folders.getByRole('treeitem', { name: /Outbox.*1/ })).toBeVisible()
    await page.getByRole('button', { name: /Working Offline/ }).click()
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    const arrived = await lab.arrived('bob', before + 1)
    const answered = arrived.find((raw) => raw.includes(`Re: ${subject}`))
    expect(answered?.toString()).toContain('I shall be there.')
    await expect(folders.getByRole('treeitem', { name: /Outbox.*1/ })).toBeHidden()
    expect(lab.mailbox(user)).toHaveLength(1)
    expect(problems).toEqual([])
    await context.close()
    expect(await host.stop(), host.errors()).toBe(0)

    // Without the servers: what follows must come from the disk alone.
    host = await startHost({ dataFolder: data })
    const again = await openWindow(browser, host)
    await again.page.getByRole('button', { name: /Working Online/ }).click()
    const inboxes = again.page.getByRole('tree').getByRole('treeitem', { name: /^Inbox/ })
    await (protocol === 'POP3' ? inboxes.first() : inboxes.last()).click()
    await again.page.getByPlaceholder(/Find in/).fill('heliograph')
    await expect(again.page.getByText(/^1 message found/).first()).toBeVisible()
    await again.page.getByRole('row', { name: subject }).click()
    await expect(again.page.getByText('We meet beside the heliograph.')).toBeVisible()
    await again.context.close()
    await host.stop()
    rmSync(data, { recursive: true, force: true })
  })
}

test('practice mail: from the empty window to an answer that is answered, and all of it there after a restart', async ({ browser }) => {
  const data = mkdtempSync(join(tmpdir(), 'postrider-practice-'))
  let host = await startHost({ dataFolder: data })
  const { context, page, problems } = await openWindow(browser, host)
  await page.getByRole('button', { name: 'Try it with practice mail' }).click()
  await page.getByRole('row', { name: /Lunch on Sunday/ }).click()
  await expect(page.getByText('plum cake')).toBeVisible()
  await answer(page, 'I shall bring the cream.', false)
  await page.getByRole('tree').getByRole('treeitem', { name: 'Sent Items' }).first().click()
  await expect(page.getByRole('row', { name: /Re: Lunch on Sunday/ })).toBeVisible()
  await page
    .getByRole('tree')
    .getByRole('treeitem', { name: /^Inbox/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
  await expect(page.getByRole('row', { name: /Helen Taylor.*Re: Lunch on Sunday/ })).toBeVisible()
  expect(problems).toEqual([])
  await context.close()
  await host.stop()

  // The practice servers ended with the program; what follows comes from the disk.
  host = await startHost({ dataFolder: data })
  const again = await openWindow(browser, host)
  await again.page.getByRole('button', { name: /Working Online/ }).click()
  await again.page
    .getByRole('tree')
    .getByRole('treeitem', { name: /^Inbox/ })
    .first()
    .click()
  await again.page.getByPlaceholder(/Find in/).fill('plum cake')
  await again.page
    .getByRole('row', { name: /Helen Taylor.*Lunch on Sunday/ })
    .last()
    .click()
  await expect(again.page.getByText('plum cake')).toBeVisible()
  await again.context.close()
  await host.stop()
  rmSync(data, { recursive: true, force: true })
})
