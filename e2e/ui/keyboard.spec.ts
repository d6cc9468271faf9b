/** Everything without a mouse: from the first account to an answer, through panes and menus, and the focus is never lost. */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import { addAccount, testAddress, testPassword } from './support/add-account.ts'
import { chooseByLetters, press } from './support/keys.ts'
import { closing, popupOf } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

const list = (page: Page) => page.getByRole('grid', { name: /^Messages in/ })

test('an account is set up, mail is received, read and answered', async ({ browser }) => {
  const raw = Buffer.from('From: Bob <bob@example.org>\r\nSubject: By hand\r\n\r\nCan you do it without the mouse?\r\n')
  const maildrop = arrayMaildrop([{ uidl: 'u1', raw }])
  const pop3 = await startPop3Server({ findUser: () => ({ password: testPassword, maildrop }) })
  const smtp = await startSmtpServer({ users: [{ user: 'alice', password: testPassword }] })
  await withWindow(browser, {}, async ({ page, context }) => {
    await expect(page.getByRole('button', { name: 'Set up an account' })).toBeFocused()
    await press(page, 'Enter')
    const wizard = page.getByRole('dialog', { name: 'Internet Connection Wizard' })
    await expect(wizard.getByLabel('Display name')).toBeFocused()
    await press(page, 'Control+A', "'Alice Smith'", 'Alt+h', 'Enter')
    await expect(wizard.getByLabel('E-mail address')).toBeFocused()
    await press(page, `'${testAddress}'`, 'Enter')
    await expect(wizard.getByLabel(/^Incoming mail/)).toBeVisible()
    await press(page, 'Alt+i', 'Control+A', "'127.0.0.1'", 'Tab', 'Control+A', "'127.0.0.1'", 'Tab', 'Enter')
    await expect(wizard.getByRole('button', { name: 'More settings' })).toHaveAttribute('aria-expanded', 'true')
    for (const port of [pop3.port, smtp.port]) await press(page, 'Tab', "'None'", 'Tab', 'Control+A', `'${port}'`)
    await press(page, 'Enter')
    await expect(wizard.getByLabel('Account name')).toBeFocused()
    await press(page, 'Control+A', "'alice'", 'Tab', `'${testPassword}'`, 'Enter')
    await expect(wizard.getByRole('button', { name: 'Finish' })).toBeFocused()
    await press(page, 'Enter')
    await expect(wizard).toBeHidden()

    await expect(page.getByRole('row', { name: 'By hand' })).toBeVisible()
    await expect(list(page)).toBeFocused()
    await press(page, 'ArrowDown')
    await expect(page.getByRole('row', { name: 'By hand' })).toHaveAttribute('aria-selected', 'true')
    const read = await popupOf(context, () => press(page, 'Enter'))
    await expect(read.getByText('without the mouse')).toBeVisible()
    const compose = await popupOf(context, () => press(read, 'Control+R'))
    await expect(compose.getByRole('textbox', { name: 'Message' })).toBeFocused()
    await press(compose, "'I can.'")
    await closing(compose, () => press(compose, 'Alt+s'))
    await expect.poll(() => smtp.received.length).toBe(1)
    expect(smtp.received[0]?.raw.toString()).toContain('I can.')
    await closing(read, () => read.keyboard.down('Escape'))
    const before = pop3.connections
    await press(page, 'Control+M')
    await expect.poll(() => pop3.connections).toBe(before + 1)
  })
  await pop3.close()
  await smtp.close()
})

test.describe('in a window with mail', () => {
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    await engine.call('settings.set', { offline: true })
    await addAccount(engine, { name: 'Work', protocol: 'pop3', port: 1 })
  }

  test('F6 goes round the panes, Shift+F6 the other way; Tab goes on as one reads', async ({ browser }) => {
    await withWindow(browser, { prepare }, async ({ page }) => {
      const panes = [page.getByRole('tree'), list(page), page.getByRole('region', { name: 'Message', exact: true })]
      await panes[0]?.focus()
      for (const pane of [...panes.slice(1), ...panes]) {
        await press(page, 'F6')
        await expect(pane).toBeFocused()
      }
      for (const pane of panes.slice(0, -1).reverse()) {
        await press(page, 'Shift+F6')
        await expect(pane).toBeFocused()
      }
      await page.getByRole('menuitem', { name: 'File' }).focus()
      const stops: readonly Locator[] = [
        page.getByRole('button', { name: 'Create Mail' }),
        page.getByLabel('Find in Inbox'),
        page.getByRole('tree'),
        page.getByRole('separator', { name: 'Width of the folder list' }),
        list(page),
        page.getByRole('separator', { name: 'Size of the message list' }),
        page.getByRole('button', { name: 'Working Offline' }),
      ]
      for (const stop of stops) {
        await press(page, 'Tab')
        await expect(stop).toBeFocused()
      }
    })
  })

  test('every menu opens with Alt and its letter or from F10, closes with Escape, and gives the focus back', async ({ browser }) => {
    await withWindow(browser, { prepare }, async ({ page, context }) => {
      await list(page).focus()
      await expectMenus(page, list(page))
      const compose = await popupOf(context, () => press(page, 'Alt+n'))
      await expect(compose.getByLabel('To:')).toBeFocused()
      await expectMenus(compose, compose.getByLabel('To:'))
    })
  })

  test('whatever dialog closes, the focus is where it was before', async ({ browser }) => {
    await withWindow(browser, { prepare }, async ({ page }) => {
      await list(page).focus()
      const openings: readonly (readonly [string, () => Promise<void>])[] = [
        ['About Postrider', () => chooseByLetters(page, 'h', 'a')],
        ['Internet Accounts', () => chooseByLetters(page, 't', 'a')],
        ['Postrider', () => press(page, 'Control+M')],
      ]
      for (const [name, open] of openings) {
        await open()
        await expect(page.getByRole('dialog', { name }).or(page.getByRole('alertdialog', { name }))).toBeVisible()
        await press(page, 'Escape')
        await expect(list(page), name).toBeFocused()
      }
      await chooseByLetters(page, 't', 'a')
      const accounts = page.getByRole('dialog', { name: 'Internet Accounts' })
      const table = accounts.getByRole('grid', { name: 'Accounts' })
      await expect(table).toBeFocused()
      for (const [name, key] of [
        ['Work Properties', 'Enter'],
        ['Work Properties', 'Alt+p'],
        ['Postrider', 'Alt+r'],
      ] as const) {
        await press(page, key)
        const above = page.getByRole('dialog', { name }).or(page.getByRole('alertdialog', { name }))
        await expect(above).toBeVisible()
        await press(page, 'Escape')
        await expect(above).toBeHidden()
        await expect(accounts.locator(':focus'), `after ${name} by ${key}`).toHaveCount(1)
      }
    })
  })

  test('in Properties Tab goes from field to field as one reads, round and back to the first', async ({ browser }) => {
    await withWindow(browser, { prepare }, async ({ page }) => {
      await expect(list(page)).toBeFocused()
      await chooseByLetters(page, 't', 'a')
      await expect(page.getByRole('grid', { name: 'Accounts' })).toBeFocused()
      await press(page, 'Enter')
      const dialog = page.getByRole('dialog', { name: 'Work Properties' })
      for (const tab of ['General', 'Servers', 'Advanced']) {
        await dialog.getByRole('tab', { name: tab }).focus()
        await press(page, 'Enter')
        await expect(dialog.getByRole('tabpanel', { name: tab })).toBeVisible()
        expect(await wrongTurns(page, dialog), tab).toEqual([])
      }
    })
  })
})

async function expectMenus(page: Page, before: Locator): Promise<void> {
  const titles = page.getByRole('menubar').getByRole('menuitem')
  for (const title of await titles.all()) {
    const letter = await title.locator('u').textContent()
    await press(page, `Alt+${letter?.toLowerCase()}`)
    await expect(page.getByRole('menu')).toBeVisible()
    await expect(title).toHaveAttribute('aria-expanded', 'true')
    await press(page, 'Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(before).toBeFocused()
  }
  await press(page, 'F10')
  await expect(titles.first()).toBeFocused()
  await press(page, 'ArrowDown')
  await expect(page.getByRole('menu')).toBeVisible()
  await press(page, 'Escape')
  await expect(before).toBeFocused()
}

/** Steps of Tab, up to the close box, that lead to something above or left of where one was. */
async function wrongTurns(page: Page, dialog: Locator): Promise<readonly string[]> {
  const wrong: string[] = []
  let last = { name: '', x: 0, y: 0 }
  for (let step = 0; step < 40; step++) {
    await press(page, 'Tab')
    const now = await dialog.locator(':focus').evaluate((element: HTMLInputElement) => {
      const { x, y, height } = element.getBoundingClientRect()
      // The footer stays below the page, however far that is scrolled.
      const scrolled = element.closest('.dialog-footer') ? 10_000 : (element.closest('.tabs-panel')?.scrollTop ?? 0)
      const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent
      return { name: label, x, y: y + height / 2 + scrolled }
    })
    if (now.name === 'Close') return wrong
    const isBelow = now.y > last.y + 10
    const isBeside = Math.abs(now.y - last.y) <= 10 && now.x > last.x
    if (!isBelow && !isBeside) wrong.push(`${last.name} -> ${now.name}`)
    last = now
  }
  return ['Tab never came to the close box']
}
