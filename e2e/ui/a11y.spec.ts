/** WCAG 2.2 A and AA in every window and dialog, light and dark; the main window also in forced colours and with large text. */
import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expectTidy } from './support/expect-tidy.ts'
import { walks } from './support/walks/all.ts'
import type { Look } from './support/walks/walk.ts'
import { withWindow } from './support/with-window.ts'

// A trace runs scripts in frames; those with mail in them refuse, and say so.
test.use({ trace: 'off' })

const lookClosely: Look = async (name, page) => {
  await test.step(`${name}, light`, () => expectAccessible(page))
  await page.emulateMedia({ colorScheme: 'dark' })
  await test.step(`${name}, dark`, () => expectAccessible(page, 'colours'))
  await page.emulateMedia({ colorScheme: 'light' })
}

for (const [name, walk] of Object.entries(walks)) {
  test(`nothing to mend: ${name}`, async ({ browser }) => {
    // Dozens of looks in one go: on a busy machine that may take a while.
    test.slow()
    await walk(browser, lookClosely)
  })
}

test('the main window can be used in forced colours, and at twice the text size on a small screen', async ({ browser }) => {
  const small = { viewport: { width: 1024, height: 640 } }
  await withWindow(browser, { host: { practice: true }, context: small }, async ({ page }) => {
    await page.getByRole('button', { name: 'Send/Recv', exact: true }).click()
    await page.getByRole('row', { name: 'Lunch on Sunday' }).click()
    await expect(page.getByText('plum cake')).toBeVisible()
    await page.emulateMedia({ forcedColors: 'active' })
    await expectAccessible(page)
    await page.emulateMedia({ forcedColors: 'none' })

    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    await expectAccessible(page)
    await expectTidy(page)
    for (const name of ['Create Mail', 'Reply', 'Delete', 'Send/Recv', 'Find']) {
      const button = page.getByRole('button', { name, exact: true })
      await button.focus()
      await expect(button, name).toBeInViewport({ ratio: 1 })
    }
    await expect(page.getByRole('button', { name: 'Working Online' })).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('row', { name: 'Lunch on Sunday' })).toBeInViewport()
    await page.getByText('plum cake').scrollIntoViewIfNeeded()
    await expect(page.getByText('plum cake')).toBeInViewport()
  })
})
