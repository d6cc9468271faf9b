import { expect } from '@playwright/test'
import { ImapMailboxes } from '../../../../electron/practice/imap-mailboxes.ts'
import { startImapServer } from '../../../../electron/practice/imap-server.ts'
import { addAccount, testAddress, testPassword } from '../add-account.ts'
import { sendAndReceive } from '../engine-of.ts'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu } from './steps.ts'
import type { Walk } from './walk.ts'

const longName = 'The account that I only use for the newsletters of my society'
const longServer = `${'a-very-long-name-of-a-server.'.repeat(7)}example.invalid`

/** Everything that can be long is. */
export const longTexts: Walk = async (browser, look) => {
  const mailboxes = new ImapMailboxes()
  for (let index = 1; index <= 40; index++)
    mailboxes.create(`Folder ${index} ${'with quite a name '.repeat(index % 4)}`.trim(), { isSubscribed: true })
  mailboxes.deliver('INBOX', longLetter)
  const server = await startImapServer({ users: [{ user: testAddress, password: testPassword }], mailboxes })
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    await addAccount(engine, { name: longName, protocol: 'imap', port: server.port })
    await sendAndReceive(engine)
    await addAccount(engine, { name: 'Far away', protocol: 'pop3', host: longServer, port: 995, security: 'tls' })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await page
      .getByRole('treeitem', { name: /^Inbox/ })
      .last()
      .click()
    await page.getByRole('row', { name: /Subject without end/ }).click()
    await expect(page.getByText('Short text.')).toBeVisible()
    await look('long-main', page)
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    const run = page.getByRole('dialog', { name: 'Postrider' })
    await expect(run.getByRole('tab', { name: 'Errors (1)' })).toBeVisible()
    await run.getByRole('button', { name: 'Details', exact: true }).click()
    await look('long-run-errors', page)
    await run.getByRole('tab', { name: 'Tasks' }).click()
    await look('long-run-tasks', page)
    await run.getByRole('button', { name: 'Hide' }).click()
    await page.getByRole('button', { name: '1 error' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Details' }).click()
    await look('long-error', page)
    await page.keyboard.press('Escape')
    await chooseFromMenu(page, 'Tools', 'Accounts')
    await expect(page.getByRole('row', { name: 'Far away' })).toBeVisible()
    await look('long-accounts', page)
    await page.getByRole('row', { name: /newsletters/ }).dblclick()
    await expect(page.getByRole('dialog', { name: /Properties/ })).toBeVisible()
    await look('long-properties', page)
  })
  await server.close()
}

const longLetter = Buffer.from(
  `From: ${'Baroness Wilhelmina '.repeat(5)}<wilhelmina@${'long.'.repeat(20)}example.org>\r\n` +
    `To: ${Array.from({ length: 60 }, (_, index) => `Person ${index} <p${index}@example.org>`).join(',\r\n ')}\r\n` +
    `Subject: Subject without end ${'and on and on '.repeat(13)}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\nShort text.\r\n`,
)
