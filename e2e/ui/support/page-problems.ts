import type { Page } from '@playwright/test'

/** Collects what a page complains about: thrown errors, console errors and warnings, violations of its own policy. Several pages may share a list. */
export function pageProblems(page: Page, problems: string[] = []): readonly string[] {
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  return problems
}
