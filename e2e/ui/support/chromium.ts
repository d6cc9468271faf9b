import { existsSync } from 'node:fs'

/** The browser that is installed here; undefined leaves the choice to Playwright, which may have its own. */
export const systemChromium = (): string | undefined =>
  [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path))

/** Quiet: no start page, no updates, nothing fetched that the test did not ask for. */
export const chromiumArguments: readonly string[] = [
  // Chromium's sandbox refuses to run as root, as which build machines run.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
