import { execFile } from 'node:child_process'

const askAgainMs = 30_000

type Run = (file: string, args: readonly string[]) => Promise<string>

let last: { readonly at: number; readonly answer: Promise<boolean | null> } | undefined

/** Asked at most every half minute. null: the system does not tell, as Windows and macOS tell no program without parts of their own. */
export function isNetworkMetered(): Promise<boolean | null> {
  if (!last || Date.now() - last.at > askAgainMs) last = { at: Date.now(), answer: askSystem() }
  return last.answer
}

/** Linux with NetworkManager: 1 and 3 (its guess) mean metered, 2 and 4 the opposite, 0 that it does not know. */
export async function askSystem(platform: NodeJS.Platform = process.platform, run: Run = runProgram): Promise<boolean | null> {
  if (platform !== 'linux') return null
  try {
    const name = 'org.freedesktop.NetworkManager'
    const path = '/org/freedesktop/NetworkManager'
    const answer = await run('busctl', ['--system', '--timeout=2', 'get-property', name, path, name, 'Metered'])
    const value = /^u (\d)\s*$/.exec(answer)?.[1]
    return value === undefined || value === '0' ? null : value === '1' || value === '3'
  } catch {
    return null // no busctl, or no NetworkManager: nobody tells
  }
}

const runProgram: Run = (file, args) =>
  new Promise((resolve, reject) => {
    execFile(file, [...args], { timeout: 3000 }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
