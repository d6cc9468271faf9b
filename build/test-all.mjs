// npm test: every check and every test that this machine can run. The last line says how many passed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks } from './checks.mjs'
import { runStep, runSteps } from './run-steps.mjs'

const scratch = mkdtempSync(join(tmpdir(), 'postrider-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const reasons = new Map()

console.log('\nChecks')
for (const { ok } of await runSteps(checks)) count(ok)

await suite('unit', 'Unit and engine tests', 'vitest run --reporter=dot --reporter=./build/vitest-reporter.mjs')

console.log('\nBuild')
const built = await runStep({ name: 'build', command: 'node build/ensure-built.mjs' })
count(built.ok)
if (built.ok) {
  await suite('window', 'The window, in a browser', 'playwright test -c e2e/ui/playwright.config.ts')
  await suite('shell', 'The Electron shell', 'playwright test -c e2e/electron/playwright.config.ts')
  console.log('\nPackage')
  const packed = await runStep({ name: 'package', command: 'node build/asar-smoke.mjs' })
  count(packed.ok)
}

rmSync(scratch, { recursive: true, force: true })
if (reasons.size > 0) console.log('\nSkipped')
for (const [reason, n] of reasons) console.log(`${String(n).padStart(4)}  ${reason}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

function count(ok) {
  if (ok) total.passed++
  else total.failed++
}

/** A runner leaves its counts in a file; one that could not even start counts as one failure. */
async function suite(name, title, command) {
  console.log(`\n${title}`)
  const file = join(scratch, `${name}.json`)
  const { ok } = await runStep({ name, command, env: { POSTRIDER_COUNTS: file } }, { shows: true })
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0, reasons: {} }
  total.passed += counts.passed
  total.failed += !ok && counts.failed === 0 ? 1 : counts.failed
  total.skipped += counts.skipped
  for (const [reason, n] of Object.entries(counts.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + n)
}
