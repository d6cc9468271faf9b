import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer,build}/**/*.test.{ts,tsx}', 'e2e/engine/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    // Real servers come and go in them.
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
