// The programs that the POP3 measurement compares, each from a cold start with nothing received yet.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from './run-program.ts'

export interface Maildrop {
  /** For what the program writes. */
  readonly folder: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly count: number
}

/** Receives everything; returns the seconds of the whole process. */
export type Receiver = (maildrop: Maildrop) => Promise<number>

const cli = fileURLToPath(new URL('../../electron/hosts/cli/cli.mjs', import.meta.url))

export function presetFor({ port, user }: Pick<Maildrop, 'port' | 'user'>): string {
  return JSON.stringify({
    postrider: 1,
    name: 'bench',
    email: 'bench@example.org',
    incoming: { protocol: 'pop3', host: '127.0.0.1', port, security: 'none', user },
    outgoing: { host: '127.0.0.1', security: 'none', auth: 'none' },
  })
}

/** Parsed, indexed and on the disk when the program ends. */
export async function receiveByPostrider(maildrop: Maildrop): Promise<number> {
  const data = emptyFolder(maildrop, 'ours')
  const preset = join(maildrop.folder, 'preset.json')
  writeFileSync(preset, presetFor(maildrop))
  await runProgram({ command: process.execPath, words: [cli, 'account', 'add', '--preset', preset, '--data', data] })
  const env = { POSTRIDER_PASSWORD: maildrop.password }
  const { seconds, output } = await runProgram({ command: process.execPath, words: [cli, 'sync', '--json', '--data', data], env })
  const received = (JSON.parse(output) as { accounts: readonly { received: number }[] }).accounts[0]?.received ?? 0
  return complete('Postrider', received, maildrop) && seconds
}

/** Into a Maildir, which mpop brings to the disk message by message. */
export async function receiveByMpop(maildrop: Maildrop): Promise<number> {
  const home = emptyFolder(maildrop, 'mpop')
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(home, 'Maildir', name), { recursive: true })
  const rc = join(home, 'mpoprc')
  const lines = [
    'defaults',
    'tls off',
    'auth user',
    'account bench',
    'host 127.0.0.1',
    `port ${maildrop.port}`,
    `user ${maildrop.user}`,
    `password ${maildrop.password}`,
    'keep on',
    `delivery maildir ${join(home, 'Maildir')}`,
    `uidls_file ${join(home, 'uidls')}`,
  ]
  writeFileSync(rc, `${lines.join('\n')}\n`, { mode: 0o600 })
  const { seconds } = await runProgram({ command: 'mpop', words: ['-Q', '-C', rc, 'bench'] })
  return complete('mpop', readdirSync(join(home, 'Maildir', 'new')).length, maildrop) && seconds
}

/** It can't store mail by itself, so each message goes to a process of its own, the cheapest there is: `cat` into one file. */
export async function receiveByFetchmail(maildrop: Maildrop): Promise<number> {
  const home = emptyFolder(maildrop, 'fetchmail')
  const rc = join(home, 'fetchmailrc')
  const mailbox = join(home, 'mailbox')
  const { port, user, password } = maildrop
  writeFileSync(
    rc,
    `poll 127.0.0.1 protocol pop3 service ${port} user "${user}" password "${password}" keep fetchall sslproto "" mda "cat >> ${mailbox}"\n`,
    { mode: 0o600 },
  )
  const words = ['--silent', '--nosyslog', '--fetchmailrc', rc, '--pidfile', join(home, 'pid'), '--idfile', join(home, 'ids')]
  const { seconds } = await runProgram({ command: 'fetchmail', words, env: { HOME: home, FETCHMAILHOME: home } })
  const mail = existsSync(mailbox) ? readFileSync(mailbox, 'latin1') : ''
  return complete('fetchmail', mail.split(/^Message-ID:/m).length - 1, maildrop) && seconds
}

function emptyFolder({ folder }: Maildrop, name: string): string {
  const own = join(folder, name)
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own, { mode: 0o700 })
  return own
}

/** A program that leaves half of the mail behind is fast, too. */
function complete(program: string, received: number, { count }: Maildrop): true {
  if (received !== count) throw new Error(`${program} received ${received} of ${count} messages.`)
  return true
}
