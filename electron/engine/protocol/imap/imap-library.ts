// The only file that knows imapflow's inside, beside imap-client.ts, which adds to it.
import { ImapFlow } from 'imapflow'
import { hider, traceLogger } from './imap-trace.ts'
import { socketMaker } from './imap-transport.ts'
import type { ImapTarget } from './imap-types.ts'

export interface CommandResponse {
  readonly response: unknown
  next(): void
}

export interface CommandOptions {
  readonly onPlusTag?: (line: PlusLine) => Promise<void>
  readonly untagged?: Readonly<Record<string, (line: unknown) => Promise<void>>>
}

/** A line of the server without its literals, and these. */
export interface RawResponse {
  readonly payload: Buffer
  readonly literals: readonly Buffer[]
}

export interface PlusLine {
  readonly attributes?: readonly { readonly type?: string; readonly value?: unknown }[]
}

/** Undocumented members that imapflow keeps out of its types. The version is pinned; `imap-session.test.ts` is their contract test. */
export interface Internals {
  exec(command: string, attributes: unknown, options?: CommandOptions): Promise<CommandResponse>
  run(command: string, ...args: readonly unknown[]): Promise<unknown>
  write(text: string): void
  compress(): Promise<void>
  handleResponse(response: RawResponse): Promise<boolean>
  preCheck?: (() => Promise<void>) | false
  authenticate(): Promise<boolean>
  setAuthenticationState(): Promise<void>
  updateCapabilitiesFromRaw(raw: unknown): void
  expectCapabilityUpdate: boolean
  readonly folders: Map<string, object>
  readonly untaggedHandlers: Record<string, ((line: unknown) => Promise<void>) | undefined>
}

export const library = ImapFlow.prototype as unknown as Internals

/** Bodies come in pieces of a few megabytes; who ignores that still gets through with what mail servers take. */
const mostLiteralBytes = 256 * 1024 * 1024
/** The numbers of a million messages in one line. */
const mostLineBytes = 16 * 1024 * 1024

export function libraryOptions(target: ImapTarget, trace: ((line: string) => void) | undefined) {
  const { host, port, security, user, password, timeoutMs } = target
  return {
    host,
    port,
    auth: { user, pass: password },
    secure: security === 'tls',
    // Never left undefined: that would mean "if the server happens to offer it".
    doSTARTTLS: security === 'starttls',
    transport: socketMaker(target),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    clientInfo: { name: 'Postrider', vendor: 'Postrider', version: false as const, 'support-url': false as const },
    maxLiteralSize: mostLiteralBytes,
    maxLineLength: mostLineBytes,
    maxResponseSize: mostLiteralBytes + mostLineBytes,
    disableAutoIdle: true,
    disableCompression: true,
    disableAutoEnable: true,
    disableIMAP4rev2: true,
    disableBinary: true,
    qresync: false,
    logger: trace ? traceLogger(trace, hider(user, password)) : (false as const),
  }
}
