/** Training: a fault is chosen, the program meets it, and all is well again when the panel is closed. */
import { expect, test } from '@playwright/test'
import { chooseByLetters, press } from './support/keys.ts'
import { withWindow } from './support/with-window.ts'

test('a fault of practice mode is chosen and met by keyboard, and goes with its panel', async ({ browser }) => {
  await withWindow(browser, { host: { practice: true } }, async ({ page, engine }) => {
    await expect(page.getByRole('row', { name: 'Lunch on Sunday' })).toBeVisible()
    await chooseByLetters(page, 'h', 'f')
    const panel = page.getByRole('dialog', { name: 'Practice Faults' })
    await panel.getByRole('radio', { name: 'Nothing' }).focus()
    await press(page, 'ArrowDown', 'ArrowDown')
    await expect(panel.getByRole('radio', { name: 'Port closed' })).toBeChecked()
    await expect(panel.getByRole('button', { name: 'Send and Receive' })).toBeEnabled()
    await press(page, 'Tab', 'Enter')
    const run = page.getByRole('dialog', { name: 'Send and Receive', exact: true }).or(page.getByRole('dialog', { name: /^Postrider$/ }))
    await expect(run.getByText('NET-3').first()).toBeVisible()

    await panel.getByRole('radio', { name: 'Port closed' }).focus()
    await press(page, 'Escape')
    await expect(panel).toBeHidden()
    await expect.poll(() => engine.call('practice.fault', {})).toEqual({ fault: 'none' })
    await engine.call('runs.start', { accounts: null, receive: true, send: true })
    await expect
      .poll(async () => (await engine.call('runs.current', {})).at(-1)?.tasks.map(({ state }) => state))
      .toEqual(['completed', 'completed'])
  })
})
