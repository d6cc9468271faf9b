import { expect, type Page } from '@playwright/test'

export interface Setup {
  readonly name: string
  readonly address: string
  readonly protocol: 'POP3' | 'IMAP'
  readonly incomingPort: number
  readonly outgoingPort: number
  readonly user: string
  readonly password: string
  readonly spa?: boolean
  /** false: takes the tick away. */
  readonly leaveCopy?: boolean
}

/** Page by page, as the wizard asks. Plain connections: the certificates of tests are known to no computer. */
export async function setUpAccount(page: Page, setup: Setup): Promise<void> {
  const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
  const next = wizard.getByRole('button', { name: /Next/ })
  await wizard.getByLabel('Display name').fill(setup.name)
  await wizard.getByLabel('By hand').check()
  await next.click()
  await wizard.getByLabel('E-mail address').fill(setup.address)
  await next.click()
  await wizard.getByLabel('My incoming mail server is a').selectOption({ label: setup.protocol })
  await wizard.getByLabel(/^Incoming mail/).fill('127.0.0.1')
  await wizard.getByLabel(/^Outgoing mail/).fill('127.0.0.1')
  await wizard.getByRole('button', { name: 'More settings' }).click()
  const secure = wizard.getByLabel(/^Secure connection/)
  const ports = wizard.getByLabel(/port/i)
  await secure.nth(0).selectOption({ label: 'None' })
  await ports.nth(0).fill(String(setup.incomingPort))
  await secure.nth(1).selectOption({ label: 'None' })
  await ports.nth(1).fill(String(setup.outgoingPort))
  if (setup.protocol === 'POP3') {
    const leaveCopy = wizard.getByLabel('Leave a copy of messages on server')
    await expect(leaveCopy).toBeChecked()
    await leaveCopy.setChecked(setup.leaveCopy ?? true)
  }
  await next.click()
  await wizard.getByLabel('Account name').fill(setup.user)
  await wizard.getByLabel('Password:', { exact: true }).fill(setup.password)
  await wizard.getByLabel('Log on using Secure Password Authentication (SPA)').setChecked(setup.spa ?? false)
  await next.click()
  await wizard.getByRole('button', { name: 'Finish' }).click()
  await expect(wizard).toBeHidden()
}
