import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from '@playwright/test'
import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import { engineOf } from './engine-of.ts'
import { type HostOptions, startHost, type TestHost } from './host.ts'
import { pageProblems } from './page-problems.ts'

export interface TestWindow {
  readonly host: TestHost
  readonly engine: EngineClient
  readonly context: BrowserContext
  /** The main window. */
  readonly page: Page
}

export interface WindowOptions {
  readonly host?: HostOptions
  readonly context?: BrowserContextOptions
  /** Before the window opens. */
  readonly prepare?: (engine: EngineClient) => Promise<unknown>
}

/** A host of its own and its main window, for as long as the work lasts. A window that complains fails the test. */
export async function withWindow(
  browser: Browser,
  { host: hostOptions, context: contextOptions, prepare }: WindowOptions,
  work: (window: TestWindow) => Promise<void>,
): Promise<void> {
  const host = await startHost(hostOptions)
  try {
    const engine = await engineOf(host)
    await prepare?.(engine)
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions })
    const problems: string[] = []
    context.on('page', (page) => pageProblems(page, problems))
    const page = await context.newPage()
    await page.goto(host.url)
    await work({ host, engine, context, page })
    await context.close()
    expect(problems).toEqual([])
  } finally {
    await host.stop()
  }
}
