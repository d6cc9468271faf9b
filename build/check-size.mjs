// Above 300 lines a file is named, above 500 the check fails. The list of exceptions may only shrink.
import { readFileSync } from 'node:fs'
import { sourceFiles } from './sources.mjs'

const warnAbove = 300
const failAbove = 500
/** Path and the reason why it is one piece. */
const exceptions = new Map([])

let failures = 0
const large = []
for (const path of sourceFiles()) {
  const lines = readFileSync(path, 'utf8').split('\n').length - 1
  if (lines <= warnAbove) {
    if (exceptions.has(path)) fail(`${path} is short again: take it off the list of exceptions`)
    continue
  }
  large.push(`${path} ${lines}`)
  if (lines > failAbove && !exceptions.has(path)) fail(`${path} has ${lines} lines; the limit is ${failAbove}`)
}
console.log(large.length > 0 ? `above ${warnAbove} lines: ${large.join(', ')}` : `no file above ${warnAbove} lines`)
if (failures > 0) process.exit(1)

function fail(text) {
  failures++
  console.error(text)
}
