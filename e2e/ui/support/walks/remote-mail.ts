import { expect, type Page } from '@playwright/test'
import { arrayMaildrop, type StoredMessage } from '../../../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../../../electron/practice/pop3-server.ts'
import { addAccount, testPassword } from '../add-account.ts'
import { withWindow } from '../with-window.ts'
import { chooseFromMenu } from './steps.ts'
import type { Walk } from './walk.ts'

/** Remote mail: headers, marks, the wizard, the forecast, and what is told when a marked message has gone. */
export const remoteMail: Walk = async (browser, look) => {
  const mail: StoredMessage[] = Array.from({ length: 12 }, (_, index) => ({ uidl: `m${index}`, raw: letter(index) }))
  const server = await startPop3Server({ findUser: () => ({ password: testPassword, maildrop: arrayMaildrop(mail) }) })
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    await addAccount(engine, { name: 'Work', protocol: 'pop3', port: server.port, pop3: { headersOnly: true } })
  }
  await withWindow(browser, { prepare }, async ({ page }) => {
    await page.getByRole('toolbar', { name: 'Remote' }).getByRole('button', { name: 'Connect', exact: true }).click()
    const wizard = page.getByRole('dialog', { name: 'Remote Connection Wizard' })
    await expect(wizard.getByRole('checkbox', { name: 'Work' })).toBeChecked()
    await look('remote-wizard-accounts', page)
    await wizard.getByRole('button', { name: 'Finish' }).click()
    await expect(row(page, 11)).toBeVisible()

    await row(page, 10).click()
    await expect(page.getByText('Only the header of this message is here.')).toBeVisible()
    await page.keyboard.press('Control+Shift+D')
    await row(page, 9).click()
    await page.keyboard.press('Control+Alt+D')
    await row(page, 8).click()
    await page.keyboard.press('Delete')
    await row(page, 7).click()
    await page.keyboard.press('Control+Shift+D')
    await expect(page.getByRole('row', { name: /Marked to/ })).toHaveCount(4)
    await look('remote-marks', page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Message on the Server' })).toBeVisible()
    await look('remote-message', page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Working Online' }).click()
    await page.keyboard.press('Escape')
    await row(page, 6).click()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Messages on the Server' })).toBeVisible()
    await look('remote-messages-offline', page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Working Offline' }).click()
    await chooseFromMenu(page, 'Tools', 'Remote Mail')
    await expect(page.getByRole('menuitem', { name: 'Unmark All' })).toBeVisible()
    await look('remote-menu', page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')

    mail.splice(7, 1)
    await chooseFromMenu(page, 'Tools', 'Remote Mail', 'Remote Connection Wizard')
    await wizard.getByRole('button', { name: 'Next' }).click()
    await expect(wizard.getByRole('checkbox', { name: /Carry out marks: / })).toBeVisible()
    await look('remote-wizard-actions', page)
    await wizard.getByRole('button', { name: 'Finish' }).click()
    const forecast = page.getByRole('alertdialog', { name: /Deleting from the Server/ })
    await expect(forecast).toBeVisible()
    await look('forecast', page)
    await forecast.getByRole('button', { name: 'Yes' }).click()
    await expect(page.getByRole('list', { name: 'Notes' })).toBeVisible()
    await look('run-notes', page)
  })
  await server.close()
}

const row = (page: Page, index: number) => page.getByRole('row', { name: `Letter ${index} ` })

const letter = (index: number) =>
  Buffer.from(
    `From: Bob Jones <bob@example.org>\r\nSubject: Letter ${index}\r\nDate: Fri, 20 Nov 2026 10:${10 + index}:00 +0000\r\n\r\n${'Words. '.repeat(300)}\r\n`,
  )
