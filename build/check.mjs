// npm run check: everything that can be known without running the program, in under a minute.
import { checks } from './checks.mjs'
import { runSteps } from './run-steps.mjs'

const failed = (await runSteps(checks)).filter(({ ok }) => !ok)
if (failed.length > 0) {
  console.log(`\n${failed.length} of ${checks.length} checks failed: ${failed.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}
