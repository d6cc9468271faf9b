import { spawn } from 'node:child_process'

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['cmd', '/c', 'start', '""'],
  darwin: ['open'],
}

/** Opens an address or a folder with the program that the system has for it. Says nothing when there is none. */
export function openOutside(what: string): void {
  const [command = 'xdg-open', ...args] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, what], { stdio: 'ignore', detached: true })
  child.on('error', () => {}) // the caller has shown what it is, to be opened by hand
  child.unref()
}
