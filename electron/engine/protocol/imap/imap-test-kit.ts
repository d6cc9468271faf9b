// What the tests of this folder share: practice servers, sessions, and that both are gone when a test ends.
import { readFileSync } from 'node:fs'
import { defaultImapOptions } from '../../../../shared/domain/account.ts'
import type { ErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { toErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { type ImapServerOptions, type RunningImapServer, startImapServer } from '../../../practice/imap-server.ts'
import { type FetchedSummary, type ImapSession, type ImapTarget, openImapSession } from './imap-session.ts'
import type { FolderListing } from './imap-types.ts'

const closing: (() => Promise<void> | void)[] = []

export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../../../practice/fixtures/${name}`, import.meta.url), 'utf8')
}

const logon = { user: 'anna', password: 'öpen "sesame"' }

export async function startServer(options: Partial<ImapServerOptions> = {}): Promise<RunningImapServer> {
  const server = await startImapServer({ users: [logon], ...options })
  closing.push(server.close)
  return server
}

export function targetOf(server: { readonly port: number }, changes: Partial<ImapTarget> = {}): ImapTarget {
  return {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    ...logon,
    signIn: 'password',
    trust: { certificates: [], ca: null },
    timeoutMs: 5_000,
    accountName: 'Work',
    ...changes,
  }
}

export interface OpenOptions extends Partial<ImapTarget> {
  readonly signal?: AbortSignal
  readonly trace?: (line: string) => void
}

export async function open(server: { readonly port: number }, { signal, trace, ...changes }: OpenOptions = {}): Promise<ImapSession> {
  const session = await openImapSession(targetOf(server, changes), signal ?? new AbortController().signal, trace)
  closing.push(() => session.destroy())
  return session
}

export async function failureOf(work: Promise<unknown>): Promise<ErrorInfo> {
  try {
    await work
  } catch (error) {
    return toErrorInfo(error)
  }
  throw new Error('It did not fail.')
}

export function mail(subject: string, body = 'Hello'): Buffer {
  return Buffer.from(`From: Bob <bob@example.org>\r\nTo: anna@example.org\r\nSubject: ${subject}\r\n\r\n${body}\r\n`)
}

/** How an account with these options sees its folders. */
export function listing(changes: Partial<FolderListing> = {}): FolderListing {
  return { ...defaultImapOptions, ...changes }
}

/** All headers from a UID on, newest first. */
export async function headersFrom(session: ImapSession, from = 1): Promise<readonly FetchedSummary[]> {
  const found: FetchedSummary[] = []
  await session.fetchHeaders(await session.listUids({ from, to: '*' }), (batch) => void found.push(...batch))
  return found
}
