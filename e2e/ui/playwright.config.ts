import { defineConfig } from '@playwright/test'
import { chromiumArguments, systemChromium } from './support/chromium.ts'

const executablePath = systemChromium()

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // Hosts, browsers and mail servers share two cores here and on build machines: side by side they only wait for each other.
  workers: 1,
  timeout: 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./support/reporter.ts']],
  outputDir: '../../test-results/ui',
  use: {
    actionTimeout: 15_000,
    viewport: { width: 1100, height: 720 },
    trace: 'retain-on-failure',
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args: [...chromiumArguments] },
  },
})
