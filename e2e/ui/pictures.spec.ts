/** What every window and dialog looks like: pictures to look at in test-results/pictures, and what can be known about them without eyes. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { expectTidy } from './support/expect-tidy.ts'
import { walks } from './support/walks/all.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import type { Look } from './support/walks/walk.ts'
import { withWindow } from './support/with-window.ts'

// A trace runs scripts in frames; those with mail in them refuse, and say so.
test.use({ trace: 'off' })

const folder = fileURLToPath(new URL('../../test-results/pictures/', import.meta.url))
mkdirSync(folder, { recursive: true })

const takePictures: Look = async (name, page) => {
  await test.step(name, () => expectTidy(page))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  // A window that changes its size closes its menus.
  if ((await page.getByRole('menu').count()) === 0) await test.step(`${name}, large text`, () => lookAtLargeText(name, page))
}

/** Twice the text on a small screen: 1024 x 640 is the least that we promise. */
async function lookAtLargeText(name: string, page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  await page.setViewportSize({ width: 1024, height: 640 })
  await setTextSize(page, '200%')
  await expectTidy(page)
  await page.screenshot({ path: `${folder}${name}-large-text.png` })
  await setTextSize(page, '')
  await page.setViewportSize(size)
}

const setTextSize = (page: Page, size: string) =>
  page.evaluate((value) => {
    document.documentElement.style.fontSize = value
  }, size)

for (const [name, walk] of Object.entries(walks)) {
  test(name, async ({ browser }) => {
    // Dozens of looks in one go: on a busy machine that may take a while.
    test.slow()
    await walk(browser, takePictures)
  })
}

test('in forced colours, what is chosen is in the colours for that', async ({ browser }) => {
  const context = { forcedColors: 'active', colorScheme: 'dark' } as const
  await withWindow(browser, { host: { practice: true }, context }, async ({ page }) => {
    await page.getByRole('row', { name: 'Lunch on Sunday' }).click()
    await chooseFromMenu(page, 'Help', 'About Postrider')
    // A plate that the browser puts behind each text would hide it.
    await expect(page.getByRole('button', { name: 'OK' })).toHaveCSS('forced-color-adjust', 'none')
    await page.screenshot({ path: `${folder}forced-colours-dialog.png` })
    await page.keyboard.press('Escape')
    await page.getByRole('menuitem', { name: 'View', exact: true }).click()
    const item = page.getByRole('menuitem', { name: 'Go to Inbox' })
    await item.hover()
    await expect(item).toHaveCSS('forced-color-adjust', 'none')
    await page.screenshot({ path: `${folder}forced-colours-menu.png` })
  })
})
