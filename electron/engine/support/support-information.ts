import { arch, platform, release } from 'node:os'
import type { Account, AccountSettings } from '../../../shared/domain/account.ts'
import type { DoctorReport } from '../../../shared/doctor/doctor.ts'
import { reportText } from '../../../shared/doctor/doctor-text.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import type { EnginePorts } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { Runs } from '../sync/runs.ts'
import type { ProtocolLog } from './protocol-log.ts'

export interface SupportParts {
  readonly ports: EnginePorts
  readonly store: Store
  readonly runs: Runs
  readonly protocolLog: ProtocolLog
}

export interface CheckedAccount {
  readonly report: DoctorReport
  /** As they were checked: the account may not be saved, or be another by now. */
  readonly settings: AccountSettings
}

/** What somebody who helps needs to know (K5), as one text: no password, no mail, and of people only the first letter. */
export function supportInformation({ ports, store, runs, protocolLog }: SupportParts, checked: readonly CheckedAccount[]): string {
  const accounts = store.accounts.list()
  const sections = [
    ['Postrider', aboutProgram(ports)],
    ...accounts.map((account) => [`Account ${account.id}: ${account.name}`, aboutAccount(account)] as const),
    ['Folders', aboutFolders(store)],
    ['Errors of the last Send and Receive', lastErrors(runs)],
    ...checked.map(({ report }) => ['Last connection check', reportText(report).split('\n')] as const),
    ...accounts.flatMap(({ id, name }) =>
      (['POP3', 'IMAP', 'SMTP'] as const).map((protocol) => [`${protocol} of ${name}`, protocolLog.lines(id, protocol)] as const),
    ),
  ] as const
  const text = sections.map(([title, lines]) => `== ${title} ==\n${lines.length > 0 ? lines.join('\n') : '(nothing)'}\n`).join('\n')
  return withoutPeople(text, [...accounts, ...checked.map(({ settings }) => settings)])
}

function aboutProgram({ version, clock }: EnginePorts): readonly string[] {
  return [
    `Version ${version}, Node ${process.versions.node}, SQLite ${process.versions.sqlite ?? 'unknown'}`,
    `System ${platform()} ${release()} ${arch()}`,
    `Made ${new Date(clock.now()).toISOString()}`,
  ]
}

function aboutAccount({ protocol, incoming, outgoing, trust, timeoutSeconds, pop3, imap, includeInReceive, practice }: Account) {
  return [
    `incoming: ${protocol} ${JSON.stringify(incoming)}`,
    `outgoing: ${JSON.stringify(outgoing)}`,
    `options: ${JSON.stringify(protocol === 'pop3' ? pop3 : imap)}`,
    `timeout ${timeoutSeconds} s, in Send and Receive: ${includeInReceive}, practice: ${practice}`,
    `trusts ${trust.certificates.length} certificates of its own${trust.ca === null ? '' : ' and an authority of its own'}`,
  ]
}

/** Names that people gave to folders stay here; their sizes are what matters. */
function aboutFolders(store: Store): readonly string[] {
  return store.folders
    .list()
    .map(
      ({ id, account, role, total, unread }) =>
        `${account === null ? 'local' : `account ${account}`}, folder ${id} (${role}): ${total} messages, ${unread} unread`,
    )
}

function lastErrors(runs: Runs): readonly string[] {
  return runs.current().flatMap(({ tasks }) =>
    tasks.flatMap(({ kind, accountName, error }) => {
      if (!error) return []
      const { spoken, why, details } = errorText(error)
      return [`${kind} ${accountName}: ${spoken} ${why}`, ...details.map(([label, value]) => `  ${label}: ${value}`)]
    }),
  )
}

/** Names and addresses down to their first letter: enough to tell two apart. */
function withoutPeople(text: string, accounts: readonly AccountSettings[]): string {
  const names = accounts
    .flatMap(({ incoming, outgoing, identity }) => [incoming.user, outgoing.user, identity.name, identity.address.split('@')[0] ?? ''])
    .filter((name) => name.length > 1)
    // Longer ones first, because they may contain the shorter.
    .sort((a, b) => b.length - a.length)
  const known = names.reduce((rest, name) => rest.replaceAll(name, shortened(name)), text)
  return known.replace(/[^\s<>"',:;()[\]=*]+@(?=[\w-]+\.)/g, (address) => `${shortened(address)}@`)
}

function shortened(name: string): string {
  const at = name.lastIndexOf('@')
  return at > 0 ? `${name[0]}***${name.slice(at)}`.replace(/@$/, '') : `${name[0]}***`
}
