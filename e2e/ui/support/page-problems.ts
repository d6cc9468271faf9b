import type { Page } from '@playwright/test'

/** Collects what a page complains about: thrown errors, console errors and warnings, violations of its own policy. */
export function pageProblems(page: Page): readonly string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  return problems
}
