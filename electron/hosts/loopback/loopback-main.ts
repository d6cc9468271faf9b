import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hostCalls, type HostEvents } from '../../../shared/contract/host-contract.ts'
import { serve } from '../../../shared/contract/serve.ts'
import { createLogger } from '../../engine/log.ts'
import { dataFolder } from '../data-folder.ts'
import { loadPage } from '../page-files.ts'
import { PresetFiles } from '../preset-files.ts'
import { readPolicyFile } from '../read-policy.ts'
import { fileSecrets } from '../secrets/file-secrets.ts'
import { memorySecrets } from '../secrets/memory-secrets.ts'
import { failureLine } from '../start-failure.ts'
import { startPractice } from '../start-practice.ts'
import { startEngine } from '../worker/start-engine.ts'
import { loopbackHandlers } from './host-handlers.ts'
import { openBrowser } from './open-browser.ts'
import { startLoopback } from './server.ts'

/** Set by the bundler. */
declare const POSTRIDER_VERSION: string

const usage =
  'Usage: serve [--data <folder>] [--port <n>] [--practice] [--open] [--secrets-file <file>] [--preset <file>] [--policy <file>]'

interface Arguments {
  readonly data: string | undefined
  readonly port: number
  readonly practice: boolean
  readonly open: boolean
  readonly secretsFile: string | undefined
  readonly preset: string | undefined
  /** Instead of the system's own place, for tests. */
  readonly policy: string | undefined
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      practice: { type: 'boolean', default: false },
      open: { type: 'boolean', default: false },
      'secrets-file': { type: 'string' },
      preset: { type: 'string' },
      policy: { type: 'string' },
    },
  })
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65535) throw new Error(`"${values.port}" is not a port number.`)
  return {
    data: values.data,
    port,
    practice: values.practice,
    open: values.open,
    secretsFile: values['secrets-file'],
    preset: values.preset,
    policy: values.policy,
  }
}

async function run(args: Arguments): Promise<void> {
  const folder = dataFolder(args)
  const log = createLogger((line) => process.stderr.write(`${line}\n`), 'warn')
  const secrets = args.secretsFile === undefined ? memorySecrets() : fileSecrets(args.secretsFile)
  const [page, engine] = await Promise.all([
    loadPage(fileURLToPath(new URL('../renderer', import.meta.url))),
    startEngine({ dataFolder: folder, secrets, log, version: POSTRIDER_VERSION, policy: await readPolicyFile(args.policy) }),
  ])
  const kept = args.secretsFile === undefined ? 'memory' : 'file'
  const presets = new PresetFiles()
  presets.take(args.preset, process.cwd())
  const facts = { practice: args.practice, presets, secrets: kept, dataFolder: folder, quit: () => stop() } as const
  const host = await startLoopback({
    engine,
    page,
    log,
    port: args.port,
    serveHost: (wire, origin) => void serve<typeof hostCalls, HostEvents>(hostCalls, loopbackHandlers(origin, facts), wire),
  })
  if (args.practice) await startPractice(engine)

  let forget: Awaited<ReturnType<typeof openBrowser>> | undefined
  let isStopping = false
  function stop(exitCode = 0): void {
    if (isStopping) return
    isStopping = true
    void Promise.allSettled([forget?.(), host.close().then(() => engine.shutdown())]).then(() => process.exit(exitCode))
  }
  engine.onCrash(({ willRestart }) => {
    if (!willRestart) stop(1)
  })
  process.on('SIGINT', () => stop()).on('SIGTERM', () => stop())
  // Last: whoever reads the address may end the program at once.
  process.stdout.write(`${JSON.stringify({ url: host.url })}\n`)
  if (args.open) forget = await openBrowser(host.url, folder)
}

let args: Arguments | undefined
try {
  args = readArguments()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`)
  process.exitCode = 2
}
if (args) {
  run(args).catch((error: unknown) => {
    process.stderr.write(`${failureLine(error)}\n`)
    process.exit(1)
  })
}
