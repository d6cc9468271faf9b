import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Says why tests were skipped, ends with one plain line of counts, and leaves these for test-all.mjs. */
export default class CountingReporter implements Reporter {
  readonly #counts = { passed: 0, failed: 0, skipped: 0, reasons: {} as Record<string, number> }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'skipped') this.#skip(test)
    else if (test.outcome() === 'expected' || test.outcome() === 'flaky') this.#counts.passed++
    else if (result.retry === test.retries) this.#counts.failed++
  }

  /** A configuration or a file that cannot be loaded. */
  onError(): void {
    this.#counts.failed++
  }

  onEnd(): void {
    const { passed, failed, skipped, reasons } = this.#counts
    for (const [reason, count] of Object.entries(reasons)) console.log(`skipped ${count}: ${reason}`)
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
    const file = process.env.POSTRIDER_COUNTS
    if (file !== undefined) writeFileSync(file, JSON.stringify(this.#counts))
  }

  #skip(test: TestCase): void {
    const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? 'no reason given'
    this.#counts.skipped++
    this.#counts.reasons[reason] = (this.#counts.reasons[reason] ?? 0) + 1
  }
}
