/** What every window and dialog looks like: pictures to look at in test-results/pictures, and what can be known about them without eyes. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from '@playwright/test'
import { walks } from './support/walks/all.ts'
import type { Look } from './support/walks/walk.ts'

const folder = fileURLToPath(new URL('../../test-results/pictures/', import.meta.url))
mkdirSync(folder, { recursive: true })

const takePictures: Look = async (name, page) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png`, animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

for (const [name, walk] of Object.entries(walks)) {
  test(name, async ({ browser }) => {
    await walk(browser, takePictures)
  })
}
