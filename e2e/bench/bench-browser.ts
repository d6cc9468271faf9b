import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { chromiumArguments, systemChromium } from '../ui/support/chromium.ts'

export interface BenchPage {
  readonly page: Page
  /** Navigates, and returns the milliseconds from the start of the navigation until rows with text are laid out. */
  firstRows(url: string): Promise<number>
  /** The same for a reload: the process of the page and its compiled code are there already. */
  reloadedRows(): Promise<number>
  /** Waits until the window has written what it keeps for the next start. */
  settle(): Promise<void>
  close(): Promise<void>
}

export interface BenchBrowser {
  newContext(): Promise<{ newPage(): Promise<BenchPage>; close(): Promise<void> }>
  close(): Promise<void>
}

declare global {
  interface Window {
    firstRowsAt?: number
  }
}

/** Notes the first frame in which the list has rows with text. Runs before the page's own code. */
function watchRows(): void {
  const look = () => {
    const row = document.querySelector('[role="grid"] [role="row"][data-index]:not(.is-loading)')
    if (row?.textContent) window.firstRowsAt = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

export async function openBenchBrowser(): Promise<BenchBrowser> {
  const executablePath = systemChromium()
  const browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: [...chromiumArguments] })
  return {
    async newContext() {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      await context.addInitScript(watchRows)
      return { newPage: () => newBenchPage(context), close: () => context.close() }
    },
    close: () => browser.close(),
  }
}

async function newBenchPage(context: BrowserContext): Promise<BenchPage> {
  const page = await context.newPage()
  return {
    page,
    async firstRows(url) {
      await page.goto(url)
      const handle = await page.waitForFunction(() => window.firstRowsAt)
      return (await handle.jsonValue()) ?? Number.NaN
    },
    async reloadedRows() {
      await page.reload()
      const handle = await page.waitForFunction(() => window.firstRowsAt)
      return (await handle.jsonValue()) ?? Number.NaN
    },
    settle: () => page.waitForTimeout(1500),
    close: () => page.close(),
  }
}
