import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { LabAccount } from './lab-account.ts'

export interface ServerProcess {
  /** Ends the server and all its children; resolves when they are gone. */
  stop(): Promise<void>
}

interface ServerCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly account: LabAccount
  readonly folder: string
  /** Takes what the program prints. */
  readonly outputFile: string
  /** Where the program itself writes its log. */
  readonly logFile: string
  /** The server counts as started when all of these take connections. */
  readonly ports: readonly number[]
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL')
})

/** Starts a server in the foreground, in a process group of its own, and waits until it answers. */
export async function startServerProcess(command: ServerCommand): Promise<ServerProcess> {
  const output = openSync(command.outputFile, 'a')
  const { uid, gid } = command.account
  const child = spawn(command.program, command.args, {
    cwd: command.folder,
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: command.folder },
    ...(process.getuid?.() === 0 && { uid, gid }),
  })
  closeSync(output)
  running.add(child)
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  const stop = () => stopProcess(child, ended)
  try {
    for (const port of command.ports) await answering(port, child)
  } catch (error) {
    await stop()
    const said = [command.outputFile, command.logFile].map(tailOf).join('\n')
    throw new Error(`${command.program} did not start: ${said}`, { cause: error })
  }
  return { stop }
}

function tailOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : ''
}

async function stopProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (!running.has(child)) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 3_000)
  await ended
  clearTimeout(timer)
  // Children that did not hear of the end of their master.
  signalGroup(child, 'SIGKILL')
  running.delete(child)
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nobody is left in the group.
  }
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await canConnect(port))) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error('It ended at once.')
    if (Date.now() > deadline) throw new Error(`Nobody answers on port ${port}.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
