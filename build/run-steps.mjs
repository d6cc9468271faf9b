// Runs commands of the project and says in a short line how each went; output is shown of failures only.
import { spawn } from 'node:child_process'

/** Resolves to { name, ok, output }. `shows` lets the output through as it comes. */
export function runStep({ name, command, env = {} }, { shows = false } = {}) {
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    let output = ''
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.setEncoding('utf8').on('data', (text) => {
        output += text
        if (shows) to.write(text)
      })
    }
    child.on('error', (error) => (output += error.message))
    child.on('close', (code) => {
      const ok = code === 0
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.padStart(6)} s${ok ? summary(output) : ''}`)
      if (!ok && !shows) console.log(output.trimEnd().replaceAll(/^/gm, '       '))
      resolve({ name, ok, output })
    })
  })
}

/** The last line, when a check has said something in one. */
function summary(output) {
  const lines = output.trim().split('\n')
  const last = lines.at(-1) ?? ''
  return lines.length === 1 && last.length > 0 && last.length < 160 ? `  ${last}` : ''
}

/** Two at a time: the type check and the linter each keep a core busy. */
export async function runSteps(steps) {
  const waiting = [...steps]
  const results = []
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await runStep(step))
  }
  await Promise.all([worker(), worker()])
  return results
}
