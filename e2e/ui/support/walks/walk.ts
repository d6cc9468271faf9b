import type { Browser, Page } from '@playwright/test'

/** Called wherever there is something to look at; `name` is unique and fit for a file. */
export type Look = (name: string, page: Page) => Promise<void>

/** A way through windows and dialogs that stops at each state worth a look. What looks at them is up to the test. */
export type Walk = (browser: Browser, look: Look) => Promise<void>
