/** The loopback host as a browser meets it. */
import { expect, test } from '@playwright/test'
import { startHost, type TestHost } from './support/host.ts'
import { pageProblems } from './support/page-problems.ts'

let host: TestHost
test.beforeAll(async () => {
  host = await startHost()
})
test.afterAll(async () => {
  expect(await host.stop(), host.errors()).toBe(0)
})

test('the address opens the window and leaves no token in the address bar; the page keeps its own policy', async ({ page }) => {
  const problems = pageProblems(page)
  await page.goto(host.url)
  await expect(page).toHaveURL(`${host.origin}/`)
  await expect(page.locator('#root')).not.toBeEmpty()
  expect(problems).toEqual([])
})

test('a browser that was not given the address gets nothing', async ({ page }) => {
  expect((await page.goto(host.origin))?.status()).toBe(403)
})

test('the address also works from a link on another site, without lending that site the log-in', async ({ page, context }) => {
  await page.goto(`data:text/html,${encodeURIComponent(`<a href="${host.url}">open</a>`)}`)
  await page.getByRole('link', { name: 'open' }).click()
  await expect(page).toHaveURL(`${host.origin}/`)
  await expect(page.locator('#root')).not.toBeEmpty()
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
})

test('a second start on the same folder says that it is in use', async () => {
  await expect(startHost({ dataFolder: host.dataFolder })).rejects.toThrow(/STORE-2/)
})
