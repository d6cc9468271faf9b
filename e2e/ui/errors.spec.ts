/** What goes wrong outside, as a person meets it: what did not happen, why, what to do, a code to say on the phone; and how it goes on. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { type Pop3Server, startPop3Server } from '../../electron/practice/pop3-server.ts'
import { addAccount, type TestAccount, testPassword } from './support/add-account.ts'
import { startHost } from './support/host.ts'
import { makeSmallDisk } from './support/small-disk.ts'
import { withWindow } from './support/with-window.ts'

const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    uidl: `u${index + 1}`,
    raw: Buffer.from(`From: Bob <bob@example.org>\r\nSubject: Letter ${index + 1}\r\n\r\n${'Words. '.repeat(100)}\r\n`),
  }))

const startServer = (options: Partial<Parameters<typeof startPop3Server>[0]> = {}): Promise<Pop3Server> => {
  const maildrop = arrayMaildrop(letters(5))
  return startPop3Server({ findUser: () => ({ password: testPassword, maildrop }), ...options })
}

/** As a person would: not in the moment in which the window opens and its dialogs are still on their way. */
async function receive(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
}

/** The Send/Receive dialog at the end of a run that did not succeed. */
async function expectFailure(page: Page, code: string, why: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Postrider' })
  await expect(dialog.getByRole('tab', { name: 'Errors (1)' })).toHaveAttribute('aria-selected', 'true', { timeout: 15_000 })
  await expect(dialog.getByText('could not be received.')).toBeVisible()
  await expect(dialog.getByText(why)).toBeVisible()
  await expect(dialog.getByText(`Code ${code}`)).toBeVisible()
}

interface Failure {
  readonly what: string
  readonly code: string
  readonly why: string
  readonly account: () => Promise<{ readonly account: TestAccount; readonly close?: () => unknown }>
}

const withCertificate = async (name: string, ca?: string) => {
  const server = await startServer({ tls: { key: fixture(`${name}.key`), cert: fixture(`${name}.pem`) }, security: 'tls' })
  const account = { protocol: 'pop3', port: server.port, security: 'tls', ...(ca && { ca: fixture(ca) }) } as const
  return { account, close: server.close }
}

const failures: readonly Failure[] = [
  {
    what: 'a server name that does not exist',
    code: 'NET-2',
    why: "The server no-such-server.invalid could not be found. Check its name in the account's properties",
    account: async () => ({ account: { protocol: 'pop3', host: 'no-such-server.invalid', port: 110 } }),
  },
  {
    what: 'a port that nobody listens on',
    code: 'NET-3',
    why: 'The server 127.0.0.1 did not accept the connection on port',
    account: async () => {
      const server = await startServer()
      await server.close()
      return { account: { protocol: 'pop3', port: server.port } }
    },
  },
  {
    what: 'an expired certificate',
    code: 'TLS-2',
    why: 'The certificate of 127.0.0.1 is not valid today. Check the date of this computer',
    account: () => withCertificate('expired', 'ca.pem'),
  },
  {
    what: 'a certificate from somebody unknown',
    code: 'TLS-1',
    why: 'The certificate of 127.0.0.1 was issued by somebody whom this computer does not trust.',
    account: () => withCertificate('good'),
  },
  {
    what: 'the certificate of another server',
    code: 'TLS-3',
    why: 'The certificate that 127.0.0.1 showed belongs to another server.',
    account: () => withCertificate('wrong-name', 'ca.pem'),
  },
  {
    what: 'a server that says nothing',
    code: 'NET-5',
    why: 'The server 127.0.0.1 did not answer in time. Try again later, or choose a longer server timeout',
    account: async () => {
      const server = await startServer({ faults: { isSilentAfterGreeting: true } })
      // The least that the engine takes.
      return { account: { protocol: 'pop3', port: server.port, timeoutSeconds: 10 }, close: server.close }
    },
  },
]

for (const { what, code, why, account } of failures) {
  test(`${code}: ${what}; the details can be copied`, async ({ browser }) => {
    const made = await account()
    await withWindow(browser, { prepare: (engine) => addAccount(engine, made.account) }, async ({ page, context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await receive(page)
      if (/^TLS-[123]$/.test(code)) await page.getByRole('button', { name: 'Do Not Connect' }).click()
      await expectFailure(page, code, why)
      await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click()
      await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      expect(copied).toContain(why)
      expect(copied).toContain(`Server: ${made.account.host ?? '127.0.0.1'}`)
      expect(copied).toContain(`Error number: ${code}`)
      expect(copied).not.toContain(testPassword)
    })
    await made.close?.()
  })
}

test("AUTH-1: a wrong password is asked for with the server's words, again and again; the right one works at once, and stays", async ({
  browser,
}) => {
  const server = await startServer()
  const prepare = (engine: EngineClient) => addAccount(engine, { protocol: 'pop3', port: server.port, password: 'mistyped' })
  await withWindow(browser, { prepare }, async ({ page }) => {
    await receive(page)
    const prompt = page.getByRole('alertdialog', { name: 'Logon - 127.0.0.1' })
    await expect(prompt.getByText('The server says: "-ERR [AUTH] Name or password is wrong"')).toBeVisible()
    const password = prompt.getByLabel('Password:')
    await expect(password).toBeFocused()
    await password.fill('wrong again')
    await page.keyboard.press('Enter')
    await expect(password).toHaveValue('')
    await expect(prompt.getByText('did not accept')).toBeVisible()
    await password.fill(testPassword)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: 'Letter 5' })).toBeVisible()
    await expect(prompt).toBeHidden()
    const before = server.connections
    await receive(page)
    await expect.poll(() => server.connections).toBe(before + 1)
    await expect(page.getByText('No new messages')).toBeVisible()
    await expect(prompt).toBeHidden()
  })
  await server.close()
})

test('NET-4: a line that breaks in the middle of a message keeps what came whole, and the next try brings the rest', async ({
  browser,
}) => {
  const server = await startServer({ faults: { dropInMessage: { number: 4, afterBytes: 100 } } })
  await withWindow(browser, { prepare: (engine) => addAccount(engine, { protocol: 'pop3', port: server.port }) }, async ({ page }) => {
    await receive(page)
    await expectFailure(page, 'NET-4', 'The connection to 127.0.0.1 was lost. Try again; what had already arrived is kept.')
    await expect(page.getByRole('row', { name: /Letter/ })).toHaveCount(3)
    delete server.faults.dropInMessage
    await receive(page)
    await expect(page.getByRole('row', { name: /Letter/ })).toHaveCount(5)
    await expect(page.getByText('2 new messages')).toBeVisible()
  })
  await server.close()
})

test('the engine falls over three times: the window says so, and goes on when it is back', async ({ browser }) => {
  test.skip(process.platform === 'win32', 'There are no signals for this on Windows.')
  const server = await startServer()
  const prepare = (engine: EngineClient) => addAccount(engine, { protocol: 'pop3', port: server.port })
  await withWindow(browser, { host: { canCrash: true }, prepare }, async ({ host, page }) => {
    await receive(page)
    await expect(page.getByRole('row', { name: /Letter/ })).toHaveCount(5)
    const banner = page.getByRole('alert').filter({ hasText: 'has stopped. It is being started again' })
    // The first starts are too quick to be worth a word.
    for (let crash = 1; crash <= 3; crash++) {
      const crashed = `"attempt":${crash}`
      host.crashEngine()
      await expect.poll(host.errors).toContain(crashed)
      if (crash < 3) await page.getByRole('row', { name: `Letter ${crash}` }).click()
      if (crash < 3) await expect(page.getByRole('article', { name: `Letter ${crash}` })).toBeVisible()
    }
    await expect(banner).toBeVisible()
    await expect(banner).toBeHidden({ timeout: 15_000 })
    await page.getByRole('row', { name: 'Letter 3' }).click()
    await expect(page.getByRole('article', { name: 'Letter 3' })).toBeVisible()
  })
  await server.close()
})

test('STORE-3: a full disk is said so; nothing is lost, and with more room the rest comes', async ({ browser }) => {
  const disk = makeSmallDisk(8)
  test.skip(!disk, 'A small disk can only be mounted by root on Linux.')
  if (!disk) return
  const messages = Array.from({ length: 12 }, (_, index) => ({
    uidl: `big${index}`,
    raw: Buffer.from(`Subject: Big ${index}\r\n\r\n${randomBytes(750_000).toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`),
  }))
  const server = await startPop3Server({ findUser: () => ({ password: testPassword, maildrop: arrayMaildrop(messages) }) })
  const prepare = (engine: EngineClient) => addAccount(engine, { protocol: 'pop3', port: server.port })
  try {
    await withWindow(browser, { host: { dataFolder: disk.folder }, prepare }, async ({ page }) => {
      await receive(page)
      await expectFailure(page, 'STORE-3', 'The disk is full, so the mail could not be stored. Make room on the disk and try again')
      expect(server.commands.filter((command) => command.startsWith('DELE'))).toEqual([])
      disk.grow(100)
      await receive(page)
      await expect(page.getByRole('row', { name: /Big/ })).toHaveCount(12)
    })
  } finally {
    disk.remove()
    await server.close()
  }
})

test('STORE-5: a data folder that cannot be written to is said at the start', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'postrider-e2e-')), 'file')
  writeFileSync(file, 'This is no folder.')
  await expect(startHost({ dataFolder: join(file, 'data') })).rejects.toThrow(/"code":"STORE-5".*can't be written to/)
  rmSync(dirname(file), { recursive: true })
})

test('STORE-1: mail of a newer version is left as it is', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'postrider-e2e-'))
  expect(await (await startHost({ dataFolder })).stop()).toBe(0)
  const index = join(dataFolder, 'index.db')
  const bytes = readFileSync(index)
  // The version of the schema, in the header of an SQLite file.
  bytes.writeUInt32BE(999_990, 60)
  writeFileSync(index, bytes)
  await expect(startHost({ dataFolder })).rejects.toThrow(/"code":"STORE-1".*newer version of Postrider/)
  expect(readFileSync(index).equals(bytes)).toBe(true)
  rmSync(dataFolder, { recursive: true })
})
