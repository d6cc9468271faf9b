// The engine without a window: commands on the same engine, store and error codes as the program.
import { readFileSync } from 'node:fs'
import { createEngine } from '../../engine/engine.ts'
import { createLogger } from '../../engine/log.ts'
import { systemClock } from '../../engine/ports.ts'
import { toErrorInfo, type ErrorInfo } from '../../../shared/errors/mail-error.ts'
import { errorLine, errorText } from '../../../shared/errors/error-text.ts'
import { defaultDataFolder } from '../data-folder.ts'
import { readArguments, usage, UsageError, type Arguments } from './arguments.ts'
import type { CliContext } from './cli-context.ts'
import { addAccount, listAccounts, removeAccount } from './account-commands.ts'
import { refuseCertificates } from './certificates.ts'
import { environmentNetwork } from '../network/system-proxy.ts'
import { readPolicyFile } from '../read-policy.ts'
import { listFolders, listMessages, searchMessages, showMessage } from './reading-commands.ts'
import { checkAccounts } from './doctor-command.ts'
import { pop3Command } from './pop3-commands.ts'
import { signIn } from './sign-in-command.ts'
import { answerLogons, cliSecrets } from './secrets.ts'
import { sendFile, syncAccounts } from './transfer-commands.ts'

const commands: Readonly<Record<string, (context: CliContext, words: readonly string[]) => Promise<void> | void>> = {
  account: (context, [verb, ...words]) => {
    if (verb === 'add') return addAccount(context)
    if (verb === 'list') return listAccounts(context)
    if (verb === 'remove') return removeAccount(context, words)
    if (verb === 'sign-in') return signIn(context, words)
    throw new UsageError('account takes add, list, sign-in or remove.')
  },
  sync: syncAccounts,
  doctor: checkAccounts,
  pop3: pop3Command,
  folders: listFolders,
  list: listMessages,
  show: showMessage,
  search: searchMessages,
  send: sendFile,
}

async function main(argv: readonly string[]): Promise<number> {
  let args: Arguments
  try {
    args = readArguments(argv)
    if (args.words[0] === 'help') {
      process.stdout.write(usage)
      return 0
    }
    if (!Object.hasOwn(commands, args.words[0] ?? '')) throw new UsageError(`There is no command "${args.words[0] ?? ''}".`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    return 2
  }
  try {
    await withEngine(args, async (context) => {
      const [name = '', ...words] = args.words
      await commands[name]?.(context, words)
    })
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage}`)
      return 2
    }
    reportFailure(toErrorInfo(error), args.json)
    return 1
  }
}

async function withEngine(args: Arguments, work: (context: CliContext) => Promise<void>): Promise<void> {
  const dataFolder = args.data ?? defaultDataFolder()
  const log = createLogger((line) => process.stderr.write(`${line}\n`), process.env.POSTRIDER_LOG === 'debug' ? 'debug' : 'error')
  const engine = await createEngine({
    dataFolder,
    clock: systemClock,
    secrets: cliSecrets(dataFolder, args.remember),
    log,
    version: version(),
    network: environmentNetwork(),
    policy: await readPolicyFile(),
  })
  try {
    answerLogons(engine)
    refuseCertificates(engine)
    await work({
      engine,
      args,
      print: (line) => process.stdout.write(typeof line === 'string' ? `${line}\n` : line),
      note: (line) => process.stderr.write(`${line}\n`),
    })
  } finally {
    await engine.close()
  }
}

function reportFailure(info: ErrorInfo, json: boolean): void {
  const { spoken } = errorText(info)
  const line = info.code === 'bad-input' ? info.message : errorLine(info)
  if (json) process.stderr.write(`${JSON.stringify({ code: spoken, text: line, detail: info.detail })}\n`)
  else process.stderr.write(`${spoken}: ${line}\n`)
}

function version(): string {
  const file = new URL('../../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

process.exitCode = await main(process.argv.slice(2))
