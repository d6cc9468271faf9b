import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface HostOptions {
  /** Kept when given; else a fresh one, which goes with the host. */
  readonly dataFolder?: string
  readonly practice?: boolean
  readonly secretsFile?: string
  /** Files as given with --preset and --policy. */
  readonly preset?: string
  readonly policy?: string
  /** 0, the default, takes a free one. */
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
  /** Prepares the host for `crashEngine`. */
  readonly canCrash?: boolean
}

export interface TestHost {
  /** Opens the window: logs in and leads to the page. Works for any number of browser contexts. */
  readonly url: string
  readonly origin: string
  /** As given with --data; practice mail lies beside it, in `<folder>-practice`. */
  readonly dataFolder: string
  /** What the program wrote to standard error so far. */
  readonly errors: () => string
  /** Its engine's thread falls over, as by a mistake of ours. Only with `canCrash`, and not on Windows. */
  crashEngine(): void
  /** As a user ends it. Resolves to the exit code. */
  stop(): Promise<number | null>
  /** As a power cut ends it. */
  kill(): Promise<void>
}

const program = fileURLToPath(new URL('../../../dist/electron/loopback-main.js', import.meta.url))

/** Loaded into the host and its thread before anything else: a signal becomes an error that nobody catches. */
const crashOnSignal = `
  import { isMainThread } from 'node:worker_threads'
  const channel = new BroadcastChannel('crash')
  channel.unref()
  if (isMainThread) process.on('SIGUSR2', () => channel.postMessage('now'))
  else channel.onmessage = () => { throw new Error('A test made the engine crash.') }`

/** Starts the built loopback host as its own process. Rejects with what it printed when it does not start. */
export async function startHost(options: HostOptions = {}): Promise<TestHost> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'postrider-e2e-'))
  const child = spawn(process.execPath, [program, ...argumentsFor(options, dataFolder)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...options.env,
      ...(options.canCrash && { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crashOnSignal)}` }),
    },
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url))
    void exit.then((code) => reject(new Error(`The host ended with code ${code} before it listened: ${errors}`)))
    child.once('error', reject)
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const code = await exit
    if (options.dataFolder === undefined)
      for (const folder of [dataFolder, `${dataFolder}-practice`]) rmSync(folder, { recursive: true, force: true })
    return code
  }
  return {
    url,
    origin: new URL(url).origin,
    dataFolder,
    errors: () => errors,
    crashEngine: () => void child.kill('SIGUSR2'),
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  }
}

function argumentsFor({ practice = false, secretsFile, preset, policy, port = 0 }: HostOptions, dataFolder: string): readonly string[] {
  return [
    ...['--data', dataFolder, '--port', String(port)],
    ...(practice ? ['--practice'] : []),
    ...(secretsFile === undefined ? [] : ['--secrets-file', secretsFile]),
    ...(preset === undefined ? [] : ['--preset', preset]),
    ...(policy === undefined ? [] : ['--policy', policy]),
  ]
}
