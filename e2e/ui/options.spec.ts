/** Tools > Options, by keyboard only. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { addAccount } from './support/add-account.ts'
import { withServers } from './support/doctor-servers.ts'
import { chooseByLetters, press } from './support/keys.ts'
import { withWindow } from './support/with-window.ts'

test('options change with OK or Apply, not before, and stay', async ({ browser }) => {
  await withWindow(browser, {}, async ({ page, engine }) => {
    const open = async () => {
      await chooseByLetters(page, 't', 'o')
      await expect(dialog).toBeVisible()
    }
    const dialog = page.getByRole('dialog', { name: 'Options' })
    await open()
    await expect(dialog.getByRole('tab', { name: 'General' })).toBeVisible()
    const startup = dialog.getByRole('checkbox', { name: 'Send and receive messages at startup' })
    await expect(startup).toBeChecked()
    await startup.focus()
    await press(page, 'Space', 'Tab', 'Tab')
    await expect(dialog.getByLabel('Minutes between checks')).toBeFocused()
    await press(page, 'Control+A', "'5'", 'Escape')
    await expect(dialog).toBeHidden()
    expect(await engine.call('settings.get', {})).toMatchObject({ checkAtStartup: true, checkEveryMinutes: 30 })

    await open()
    await startup.focus()
    await press(page, 'Space', 'Tab', 'Tab', 'Control+A', "'900'", 'Enter')
    await expect(dialog).toBeHidden()
    expect(await engine.call('settings.get', {})).toMatchObject({ checkAtStartup: false, checkEveryMinutes: 480 })
  })
})

test('a ticked log holds what was said, and a password in none of its lines', async ({ browser }) => {
  await withServers(({ pop3, smtp }) =>
    withWindow(
      browser,
      { prepare: (engine) => addAccount(engine, { protocol: 'pop3', port: pop3.port, smtpPort: smtp.port }) },
      async ({ page, engine, host }) => {
        await chooseByLetters(page, 't', 'o')
        const dialog = page.getByRole('dialog', { name: 'Options' })
        await dialog.getByRole('tab', { name: 'General' }).focus()
        await page.keyboard.press('End')
        await dialog.getByRole('checkbox', { name: 'Mail (POP3)' }).focus()
        await press(page, 'Space', 'Enter')
        await expect(dialog).toBeHidden()
        await engine.call('runs.start', { accounts: null, receive: true, send: true })
        const log = () =>
          existsSync(join(host.dataFolder, 'logs', 'Pop3.log')) ? readFileSync(join(host.dataFolder, 'logs', 'Pop3.log'), 'utf8') : ''
        await expect.poll(log).toContain('[tx] QUIT')
        expect(log()).not.toContain('practice\n')
        expect(log()).toContain('[tx] PASS ***')
      },
    ),
  )
})
