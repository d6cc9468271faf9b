import { arrayMaildrop } from '../../../electron/practice/pop3-maildrop.ts'
import { type Pop3Server, startPop3Server } from '../../../electron/practice/pop3-server.ts'
import { type RunningSmtpServer, startSmtpServer } from '../../../electron/practice/smtp-server.ts'
import { expect, type Page } from '@playwright/test'
import { testAddress, testPassword } from './add-account.ts'

export interface DoctorServers {
  readonly pop3: Pop3Server
  readonly smtp: RunningSmtpServer
}

/** A POP3 and an SMTP server of the test's own, for as long as the work lasts. */
export async function withServers(work: (servers: DoctorServers) => Promise<void>): Promise<void> {
  const maildrop = arrayMaildrop([])
  const users = [{ user: testAddress, password: testPassword }]
  const pop3 = await startPop3Server({ findUser: (user) => (user === testAddress ? { password: testPassword, maildrop } : undefined) })
  const smtp = await startSmtpServer({ users })
  try {
    await work({ pop3, smtp })
  } finally {
    await pop3.close()
    await smtp.close()
  }
}

/** The wizard from its first page to its last, for servers on this computer. The log-on name stays what the wizard proposes. */
export async function fillWizard(page: Page, ports: { readonly incoming: number; readonly outgoing: number }) {
  await page.getByRole('button', { name: 'Set up an account' }).click()
  const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
  const next = wizard.getByRole('button', { name: /Next/ })
  await wizard.getByLabel('Display name').fill('Alice Smith')
  await wizard.getByLabel('By hand').check()
  await next.click()
  await wizard.getByLabel('E-mail address').fill(testAddress)
  await next.click()
  await wizard.getByLabel(/^Incoming mail/).fill('127.0.0.1')
  await wizard.getByLabel(/^Outgoing mail/).fill('127.0.0.1')
  await wizard.getByRole('button', { name: 'More settings' }).click()
  for (const side of ['incoming', 'outgoing'] as const) {
    await wizard.getByLabel(`Secure connection, ${side}`).selectOption('None')
    await wizard
      .getByLabel('Port:')
      .nth(side === 'incoming' ? 0 : 1)
      .fill(String(ports[side]))
  }
  await next.click()
  await wizard.getByLabel('Password:').fill(testPassword)
  await next.click()
  await expect(wizard.getByRole('button', { name: 'Finish' })).toBeFocused()
  return wizard
}
