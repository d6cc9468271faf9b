// Leaves what test-all.mjs counts: { passed, failed, skipped, reasons } in the file that POSTRIDER_COUNTS names.
import { writeFileSync } from 'node:fs'

export default class CountingReporter {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length, skipped: 0, reasons: {} }
    for (const module of modules) {
      let own = 0
      for (const test of module.children.allTests()) {
        const { state, note } = test.result()
        if (state === 'passed') counts.passed++
        else if (state === 'failed') own++
        else {
          counts.skipped++
          const reason = note ?? 'no reason given'
          counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1
        }
      }
      // A file that could not be loaded, or a hook that failed, has no test of its own to blame.
      counts.failed += own > 0 || module.state() !== 'failed' ? own : 1
    }
    const file = process.env.POSTRIDER_COUNTS
    if (file) writeFileSync(file, JSON.stringify(counts))
  }
}
