import { expect } from '@playwright/test'
import { arrayMaildrop } from '../../../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../../../electron/practice/pop3-server.ts'
import { addAccount, testPassword } from '../add-account.ts'
import { withWindow } from '../with-window.ts'
import type { Walk } from './walk.ts'

/** Send and Receive under way, with passwords to ask for, and with errors at its end; the error dialog of the status bar. */
export const transfers: Walk = async (browser, look) => {
  const messages = Array.from({ length: 40 }, (_, index) => ({ uidl: `m${index}`, raw: letter(index) }))
  const server = await startPop3Server({
    findUser: () => ({ password: testPassword, maildrop: arrayMaildrop(messages) }),
    faults: { bytesPerSecond: 4000 },
  })
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    await addAccount(engine, { name: 'Slow', protocol: 'pop3', port: server.port })
    await addAccount(engine, { name: 'Nobody there', protocol: 'imap', port: 1 })
    await addAccount(engine, { name: 'No such server', protocol: 'pop3', host: 'no-such-server.invalid', port: 110 })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    const run = page.getByRole('dialog', { name: 'Postrider' })
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    await expect(run).toBeVisible()
    await expect(run.getByText(/Downloading|Receiving|message/i).first()).toBeVisible()
    await look('run', page)
    await run.getByRole('button', { name: 'Details' }).click()
    await look('run-tasks', page)
    delete server.faults.bytesPerSecond
    await expect(run.getByRole('tab', { name: 'Errors (2)' })).toHaveAttribute('aria-selected', 'true')
    await look('run-errors', page)
    await run.getByRole('button', { name: 'Hide' }).click()
    await page.getByRole('button', { name: '2 errors' }).click()
    const error = page.getByRole('alertdialog')
    await expect(error).toBeVisible()
    await look('error', page)
    await error.getByRole('button', { name: 'Details' }).click()
    await look('error-details', page)
    await error.getByRole('button', { name: 'OK' }).click()

    server.faults.isPasswordWrong = true
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    const logon = page.getByRole('alertdialog', { name: /Logon/ })
    await expect(logon).toBeVisible()
    await look('logon-refused', page)
    await logon.getByRole('button', { name: 'Cancel' }).click()
    await expect(logon).toBeHidden()
  })
  await server.close()
}

const letter = (index: number) =>
  Buffer.from(
    `From: Bob <bob@example.org>\r\nSubject: Letter ${index}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\n${'Words. '.repeat(100)}\r\n`,
  )
