/** Certificates that nothing vouches for, client certificates and proxies, as somebody meets them in the window. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { startProxy } from '../../electron/engine/protocol/scripted-proxy.ts'
import { type RunningImapServer, startImapServer } from '../../electron/practice/imap-server.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import { addAccount, testAddress, testPassword } from './support/add-account.ts'
import { expectAccessible } from './support/axe.ts'
import { fillWizard } from './support/doctor-servers.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

const path = (name: string) => fileURLToPath(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url))
const fixture = (name: string) => readFileSync(path(name), 'utf8')
const users = [{ user: testAddress, password: testPassword }]

async function withImap(certificate: string, work: (imap: RunningImapServer, smtpPort: number) => Promise<void>): Promise<void> {
  const tls = { mode: 'tls', key: fixture(`${certificate}.key`), cert: fixture(`${certificate}.pem`) } as const
  const imap = await startImapServer({ users, tls })
  const smtp = await startSmtpServer({ users })
  try {
    await work(imap, smtp.port)
  } finally {
    await imap.close()
    await smtp.close()
  }
}

const addWork = (engine: EngineClient, port: number, smtpPort: number) =>
  addAccount(engine, { name: 'Work', protocol: 'imap', host: 'localhost', port, security: 'tls', smtpPort })

async function openProperties(page: Page, tab: string) {
  await chooseFromMenu(page, 'Tools', 'Accounts')
  await page.getByRole('row', { name: 'Work' }).dblclick()
  const properties = page.getByRole('dialog', { name: 'Work Properties' })
  await properties.getByRole('tab', { name: tab }).click()
  return properties
}

test('a certificate is declined by Enter, accepted by a click, listed, and taken back', async ({ browser }) => {
  await withImap('wrong-name', (imap, smtpPort) =>
    withWindow(browser, { prepare: (engine) => addWork(engine, imap.port, smtpPort) }, async ({ page, engine }) => {
      const receive = page.getByRole('toolbar').getByRole('button', { name: 'Send/Recv', exact: true })
      const question = page.getByRole('alertdialog', { name: 'Security Warning' })
      await receive.click()
      await expect(question).toContainText('It is not certain that this is really localhost.')
      await expect(question).toContainText('It is for elsewhere.example, not for localhost.')
      await expect(question).toContainText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)
      await expect(question.getByRole('button', { name: 'Do Not Connect' })).toBeFocused()
      await expectAccessible(page)
      await page.keyboard.press('Enter')
      await expect(question).toBeHidden()
      await expect(page.getByText(/TLS-\d/).first()).toBeVisible()
      expect((await engine.call('accounts.list', {}))[0]?.trust.certificates).toEqual([])
      await page.keyboard.press('Escape')

      await receive.click()
      await question.getByRole('button', { name: 'Accept This Certificate' }).click()
      await expect(question).toBeHidden()
      await expect
        .poll(async () => (await engine.call('folders.list', {})).some((folder) => folder.role === 'inbox' && folder.account))
        .toBe(true)

      const properties = await openProperties(page, 'Security')
      const row = properties.getByRole('row', { name: `localhost:${imap.port}` })
      await expect(row).toContainText('elsewhere.example')
      await expectAccessible(page)
      await row.dblclick()
      await expect(page.getByRole('dialog', { name: 'Certificate', exact: true })).toContainText('Postrider test CA')
      await page.keyboard.press('Enter')
      await properties.getByRole('button', { name: 'Remove' }).first().click()
      await expect(properties).toContainText('None: only certificates that this computer trusts are accepted.')
      await properties.getByRole('button', { name: 'OK' }).click()
      await expect(properties).toBeHidden()
      expect((await engine.call('accounts.list', {}))[0]?.trust.certificates).toEqual([])
    }),
  )
})

test('a check in Properties shows the certificate; accepted there, it is saved with OK', async ({ browser }) => {
  await withImap('good', (imap, smtpPort) =>
    withWindow(browser, { prepare: (engine) => addWork(engine, imap.port, smtpPort) }, async ({ page, engine }) => {
      const properties = await openProperties(page, 'Servers')
      await properties.getByRole('button', { name: 'Check...' }).click()
      const check = page.getByRole('dialog', { name: 'Connection Check: Work' })
      await check.getByRole('button', { name: 'Look at the certificate' }).click()
      const question = page.getByRole('alertdialog', { name: 'Security Warning' })
      await expect(question).toContainText('It was issued by Postrider test CA, whom this computer does not trust.')
      await question.getByRole('button', { name: 'Accept This Certificate' }).click()
      await expect(check.getByRole('status')).toContainText('Everything works')
      await page.keyboard.press('Escape')
      expect((await engine.call('accounts.list', {}))[0]?.trust.certificates).toEqual([])
      await properties.getByRole('button', { name: 'OK' }).click()
      await expect(properties).toBeHidden()
      expect((await engine.call('accounts.list', {}))[0]?.trust.certificates).toMatchObject([{ server: `localhost:${imap.port}` }])
    }),
  )
})

test('a check of a stored account, from the error of a run, keeps what is accepted at once', async ({ browser }) => {
  await withImap('good', (imap, smtpPort) =>
    withWindow(browser, { prepare: (engine) => addWork(engine, imap.port, smtpPort) }, async ({ page, engine }) => {
      await page.getByRole('toolbar').getByRole('button', { name: 'Send/Recv', exact: true }).click()
      const question = page.getByRole('alertdialog', { name: 'Security Warning' })
      await question.getByRole('button', { name: 'Do Not Connect' }).click()
      await page.getByRole('button', { name: 'Check this account' }).click()
      const check = page.getByRole('dialog', { name: 'Connection Check: Work' })
      await check.getByRole('button', { name: 'Look at the certificate' }).click()
      await question.getByRole('button', { name: 'Accept This Certificate' }).click()
      await expect(check.getByRole('status')).toContainText('Everything works')
      expect((await engine.call('accounts.list', {}))[0]?.trust.certificates).toHaveLength(1)
    }),
  )
})

test('the wizard shows the certificate in its check, and the new account keeps what was accepted', async ({ browser }) => {
  await withImap('expired', (imap, smtpPort) =>
    withWindow(browser, {}, async ({ page, engine }) => {
      const wizard = await fillWizard(page, { incoming: imap.port, outgoing: smtpPort })
      for (let back = 0; back < 2; back++) await wizard.getByRole('button', { name: /Back/ }).click()
      await wizard.getByLabel('My incoming mail server is a').selectOption('IMAP')
      await wizard.getByLabel('Secure connection, incoming').selectOption('SSL/TLS')
      await wizard.getByLabel('Port:').first().fill(String(imap.port))
      for (let next = 0; next < 2; next++) await wizard.getByRole('button', { name: /Next/ }).click()
      await wizard.getByRole('button', { name: 'Check these settings' }).click()
      await wizard.getByRole('button', { name: 'Look at the certificate' }).click()
      const question = page.getByRole('alertdialog', { name: 'Security Warning' })
      await expect(question).toContainText('has expired')
      await question.getByRole('button', { name: 'Accept This Certificate' }).click()
      await expect(wizard.getByRole('status')).toContainText(/Everything works|AUTH/)
      await wizard.getByRole('button', { name: /Finish/ }).click()
      await expect
        .poll(async () => (await engine.call('accounts.list', {}))[0]?.trust.certificates)
        .toMatchObject([{ server: `127.0.0.1:${imap.port}`, facts: { validTo: '2020-01-01' } }])
    }),
  )
})

test('a proxy is set by keyboard, the check goes through it, and its password is in no list of accounts', async ({ browser }) => {
  await withImap('good', async (imap, smtpPort) => {
    const proxy = await startProxy('socks5', { leadsTo: imap.port, logOn: ['us', 'CANARY-word'] })
    const prepare = (engine: EngineClient) => addWork(engine, imap.port, smtpPort)
    await withWindow(browser, { prepare }, async ({ page, engine }) => {
      const properties = await openProperties(page, 'Connection')
      await expect(properties.getByLabel('Do not check for mail by itself')).toBeVisible()
      await properties.getByRole('radio', { name: 'Use the settings of this computer' }).focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await expect(properties.getByLabel('Port:')).toHaveValue('1080')
      await page.keyboard.press('Tab')
      await page.keyboard.type('127.0.0.1')
      await page.keyboard.press('Tab')
      await page.keyboard.type(String(proxy.port))
      await page.keyboard.press('Tab')
      await page.keyboard.type('us')
      await page.keyboard.press('Tab')
      await page.keyboard.type('CANARY-word')
      await properties.getByRole('tab', { name: 'Servers' }).click()
      await properties.getByRole('button', { name: 'Check...' }).click()
      const check = page.getByRole('dialog', { name: 'Connection Check: Work' })
      await expect(check.getByRole('row', { name: /Connect/ }).first()).toContainText(`through the proxy SOCKS5 127.0.0.1:${proxy.port}`)
      await expect(check.getByRole('row', { name: /Find the server/ }).first()).toContainText('The proxy looks the name up.')
      await page.keyboard.press('Escape')
      await properties.getByRole('button', { name: 'OK' }).click()
      await expect(properties).toBeHidden()
      const accounts = await engine.call('accounts.list', {})
      expect(accounts[0]?.connection.proxy).toEqual({ kind: 'socks5', host: '127.0.0.1', port: proxy.port, user: 'us' })
      expect(JSON.stringify(accounts)).not.toContain('CANARY')
    })
    await proxy.close()
  })
})

test('a client certificate is taken with its passphrase, shown, and removed again', async ({ browser }) => {
  await withImap('good', (imap, smtpPort) =>
    withWindow(browser, { prepare: (engine) => addWork(engine, imap.port, smtpPort) }, async ({ page, engine }) => {
      const properties = await openProperties(page, 'Security')
      await properties.locator('input[type=file][accept*=".p12"]').setInputFiles(path('client.p12'))
      const dialog = page.getByRole('dialog', { name: 'Client Certificate' })
      await dialog.getByLabel('Passphrase').fill('wrong')
      await page.keyboard.press('Enter')
      await expect(dialog).toContainText('The passphrase does not open this file.')
      await dialog.getByLabel('Passphrase').fill('practice')
      await page.keyboard.press('Enter')
      await expect(dialog).toBeHidden()
      await expect(properties).toContainText('Anna Example, issued by Anna Example')
      await properties.getByRole('button', { name: 'Apply' }).click()
      await expect.poll(async () => (await engine.call('accounts.list', {}))[0]?.trust.clientCertificate?.subject).toBe('Anna Example')
      await properties.getByRole('button', { name: 'Remove' }).last().click()
      await properties.getByRole('button', { name: 'OK' }).click()
      await expect(properties).toBeHidden()
      expect((await engine.call('accounts.list', {}))[0]?.trust.clientCertificate).toBeUndefined()
    }),
  )
})
