import type { LineFaults, TlsFiles } from './line-server.ts'
import type { Pop3Maildrop } from './pop3-maildrop.ts'

export interface Pop3User {
  readonly password: string
  readonly maildrop: Pop3Maildrop
}

export interface Pop3Abilities {
  readonly capa: boolean
  readonly uidl: boolean
  readonly top: boolean
  readonly pipelining: boolean
  /** A timestamp in the greeting, and the command. */
  readonly apop: boolean
  /** Names as in `AUTH PLAIN`; see `signInMechanisms`. */
  readonly mechanisms: readonly string[]
}

/** Where a connection is, for `onCommand`. */
export interface Pop3SessionState {
  readonly isEncrypted: boolean
  readonly isSignedIn: boolean
  /** As given with USER or by a mechanism. */
  readonly user: string | undefined
}

/** May be changed while the server runs; the next command obeys. */
export interface Pop3Faults extends LineFaults {
  /** Instead of "+OK ... ready": "-ERR [SYS/TEMP] Come back later". */
  greeting?: string
  isSilentAfterGreeting?: boolean
  isPasswordWrong?: boolean
  isLocked?: boolean
  /** Hang up in the middle of sending a message: `afterBytes` counts from the start of its text. */
  dropInMessage?: { readonly number: number; readonly afterBytes: number }
  /**
   * Answers in the server's place. A string is one line, bytes are sent as they are (none at all: silence), undefined: the usual answer.
   * Also sees the client's answers to AUTH, as the command "".
   */
  onCommand?: (name: string, args: string, session: Pop3SessionState) => string | Buffer | undefined
}

export interface Pop3ServerOptions {
  readonly findUser: (name: string) => Pop3User | undefined
  readonly tls?: TlsFiles
  /** With `tls`: from the first byte, or after STLS. */
  readonly security?: 'tls' | 'starttls'
  readonly abilities?: Partial<Pop3Abilities>
  readonly faults?: Pop3Faults
}
