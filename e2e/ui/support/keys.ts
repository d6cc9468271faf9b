import { expect, type Page } from '@playwright/test'

/** Keys one after the other: names of keys, or text to type as `'text'`. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (key.startsWith("'")) await page.keyboard.type(key.slice(1, -1))
    else if (/^Alt\+[a-z]$/.test(key)) await pressAccessKey(page, key.slice(-1))
    else await page.keyboard.press(key)
  }
}

/** The browser looks for an access key by what the key would write without Alt, which Playwright leaves out. */
async function pressAccessKey(page: Page, letter: string): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  const code = letter.toUpperCase()
  const key = { key: letter, code: `Key${code}`, windowsVirtualKeyCode: code.charCodeAt(0), unmodifiedText: letter, modifiers: 1 }
  await browser.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
  await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  await browser.detach()
}

/** A command by the letters of its menu and its own. */
export async function chooseByLetters(page: Page, menu: string, command: string): Promise<void> {
  await expect(page.getByRole('menubar')).toBeVisible()
  await press(page, `Alt+${menu}`)
  await expect(page.locator('[role=menu]:focus, [role=menu] :focus')).toHaveCount(1)
  await press(page, command)
}
