import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface ProgramRun {
  readonly seconds: number
  /** User and system time of the program itself. */
  readonly cpuSeconds: number
  readonly output: string
}

export interface Program {
  readonly command: string
  readonly words: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Runs a program to its end and times the whole process. Throws with its words when it fails. */
export async function runProgram({ command, words, env, cwd }: Program): Promise<ProgramRun> {
  const started = performance.now()
  const cpuBefore = childCpuSeconds()
  const child = spawn(command, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  })
  let output = ''
  child.stdout.on('data', (data) => {
    output += String(data)
  })
  let errors = ''
  child.stderr.on('data', (data) => {
    errors += String(data)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${errors.slice(-2000)}`)
  return { seconds, cpuSeconds: childCpuSeconds() - cpuBefore, output }
}

/** cutime and cstime of this process (proc(5)); 0 where there is no /proc. */
function childCpuSeconds(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return 0
  }
}
