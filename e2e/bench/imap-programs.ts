// The programs that the IMAP measurement compares.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { FirstSync } from './imap-first-sync.ts'
import { runProgram } from './run-program.ts'

export interface Mailbox {
  /** For what the program writes. */
  readonly folder: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly count: number
}

const cli = fileURLToPath(new URL('../../electron/hosts/cli/cli.mjs', import.meta.url))
const firstSync = fileURLToPath(new URL('imap-first-sync.ts', import.meta.url))

/** The first look as one file, as programs are shipped: what Node needs to read TypeScript must not count as the engine's memory. */
export async function bundleFirstSync(folder: string): Promise<string> {
  const output = { format: 'es', entryFileNames: 'first-sync.mjs' } as const
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: true, outDir: join(folder, 'bundle'), target: 'node24', minify: false, rolldownOptions: { input: firstSync, output } },
  })
  return join(folder, 'bundle', 'first-sync.mjs')
}

/** A first look at the Inbox, headers only. */
export async function lookByEngine(
  mailbox: Mailbox & { readonly program: string },
  how: 'library' | 'engine' | 'screen',
): Promise<FirstSync> {
  // As the hosts give it to the engine's thread.
  const words = ['--max-semi-space-size=4', mailbox.program, how, String(mailbox.port), mailbox.user, emptyFolder(mailbox, 'first')]
  const { output } = await runProgram({ command: process.execPath, words, env: { POSTRIDER_PASSWORD: mailbox.password } })
  const result = JSON.parse(output) as FirstSync
  return complete(how, result.messages, mailbox) && result
}

/** Everything with bodies: parsed, indexed and on the disk when the program ends. Seconds of the whole process. */
export async function fetchByPostrider(mailbox: Mailbox): Promise<number> {
  const data = emptyFolder(mailbox, 'ours')
  const preset = join(mailbox.folder, 'imap-preset.json')
  const incoming = { protocol: 'imap', host: '127.0.0.1', port: mailbox.port, security: 'none', user: mailbox.user }
  const outgoing = { host: '127.0.0.1', security: 'none', auth: 'none' }
  writeFileSync(preset, JSON.stringify({ postrider: 1, name: 'bench', email: 'bench@example.org', incoming, outgoing }))
  await runProgram({ command: process.execPath, words: [cli, 'account', 'add', '--preset', preset, '--data', data] })
  const words = [cli, 'sync', '--bodies', 'all', '--json', '--data', data]
  const { seconds, output } = await runProgram({ command: process.execPath, words, env: { POSTRIDER_PASSWORD: mailbox.password } })
  const received = (JSON.parse(output) as { accounts: readonly { received: number }[] }).accounts[0]?.received ?? 0
  // Headers and bodies are counted one by one.
  return complete('Postrider', received, mailbox) && seconds
}

/** The Inbox into a Maildir; each message is on the disk, as mbsync does it unless told otherwise. */
export const fetchByMbsync = (mailbox: Mailbox): Promise<number> => fetchInto(mailbox, 'yes')

/** The same without waiting for the disk: what a loss of power leaves of it is nobody's promise. */
export const fetchByHastyMbsync = (mailbox: Mailbox): Promise<number> => fetchInto(mailbox, 'no')

async function fetchInto(mailbox: Mailbox, fsync: 'yes' | 'no'): Promise<number> {
  const home = emptyFolder(mailbox, 'mbsync')
  const { seconds } = await runProgram({
    command: 'mbsync',
    words: ['-q', '-c', mbsyncrc(mailbox, home, { pattern: 'INBOX', fsync }), 'c'],
  })
  const names = ['cur', 'new'].flatMap((part) => readdirSync(join(home, 'INBOX', part)))
  return complete('mbsync', names.length, mailbox) && seconds
}

/** All folders, into a Maildir that is kept between the rounds. */
export async function pullByMbsync(mailbox: Mailbox, home: string): Promise<number> {
  const { seconds } = await runProgram({
    command: 'mbsync',
    words: ['-q', '-c', mbsyncrc(mailbox, home, { pattern: '*', fsync: 'yes' }), 'c'],
  })
  return seconds
}

export async function fetchByOfflineimap(mailbox: Mailbox): Promise<number> {
  const home = emptyFolder(mailbox, 'offlineimap')
  const rc = join(home, 'rc')
  const lines = [
    '[general]',
    'accounts = a',
    `metadata = ${join(home, 'metadata')}`,
    'ui = quiet',
    '[Account a]',
    'localrepository = l',
    'remoterepository = r',
    '[Repository l]',
    'type = Maildir',
    `localfolders = ${join(home, 'mail')}`,
    '[Repository r]',
    'type = IMAP',
    'remotehost = 127.0.0.1',
    `remoteport = ${mailbox.port}`,
    `remoteuser = ${mailbox.user}`,
    `remotepass = ${mailbox.password}`,
    'ssl = no',
    'starttls = no',
    'auth_mechanisms = LOGIN',
    'readonly = true',
    "folderfilter = lambda name: name == 'INBOX'",
  ]
  writeFileSync(rc, `${lines.join('\n')}\n`, { mode: 0o600 })
  const { seconds } = await runProgram({ command: 'offlineimap', words: ['-o', '-c', rc], env: { HOME: home } })
  const names = ['cur', 'new'].flatMap((part) => readdirSync(join(home, 'mail', 'INBOX', part)))
  return complete('offlineimap', names.length, mailbox) && seconds
}

function mbsyncrc(
  { port, user, password }: Mailbox,
  home: string,
  { pattern, fsync }: { readonly pattern: string; readonly fsync: string },
): string {
  const rc = join(home, 'rc')
  const account = ['IMAPAccount a', 'Host 127.0.0.1', `Port ${port}`, `User ${user}`, `Pass ${password}`]
  const connection = ['SSLType None', 'AuthMechs LOGIN', 'PipelineDepth 50', '', 'IMAPStore far', 'Account a', '']
  const near = ['MaildirStore near', `Path ${home}/`, `Inbox ${home}/INBOX`, 'SubFolders Verbatim', '']
  const channel = ['Channel c', 'Far :far:', 'Near :near:', `Patterns ${pattern}`, 'Sync Pull', 'Create Near', 'SyncState *']
  writeFileSync(rc, `${[`FSync ${fsync}`, '', ...account, ...connection, ...near, ...channel].join('\n')}\n`, { mode: 0o600 })
  return rc
}

export function emptyFolder({ folder }: Pick<Mailbox, 'folder'>, name: string): string {
  const own = join(folder, name)
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own, { recursive: true, mode: 0o700 })
  return own
}

/** A program that leaves half of the mail behind is fast, too. */
function complete(program: string, received: number, { count }: Mailbox): true {
  if (received !== count) throw new Error(`${program} received ${received} of ${count} messages.`)
  return true
}
