/** What can go wrong on request. Change the object while the server runs: each command looks again. */
export interface ImapFaults {
  /** Hangs up on every new connection without a word. */
  refuse?: boolean
  /** Said instead of the greeting, after which the server hangs up: `* BYE Too many connections`. */
  greeting?: string
  /** Takes connections and never says anything. */
  silent?: boolean
  /** Commands that are never answered: `FETCH` stands for `UID FETCH`, too. */
  silentOn?: readonly string[]
  /** Refuses every password. */
  refuseLogon?: boolean
  /** What a command is answered with instead of being done, without the tag: `{ APPEND: 'NO [OVERQUOTA] Full' }`. */
  replies?: Readonly<Record<string, string>>
  /** Hangs up once a connection has been sent this many bytes. */
  dropAfterBytes?: number
  /** Hangs up inside the first literal of the answer that has this message's body. */
  dropInLiteral?: { readonly uid: number; readonly afterBytes: number }
  /** Waits before each answer, ms. */
  delayMs?: number
  /** Sends everything in pieces of this size, one per turn of the event loop. */
  pieceBytes?: number
  /** Sees each command first and may do anything; 'handled' means that nothing more is to be done. */
  onCommand?: (command: SeenCommand, connection: FaultyConnection) => 'handled' | undefined | Promise<'handled' | undefined>
}

export interface SeenCommand {
  readonly tag: string
  /** Upper case: `LOGIN`, `UID FETCH`. */
  readonly name: string
  /** As it came, literals included. */
  readonly text: string
}

export interface FaultyConnection {
  /** One line or more, without the last line break; one character per byte. */
  send(text: string): void
  cut(): void
}

/** `UID FETCH` is also looked up as `FETCH`. */
export function replyFor(faults: ImapFaults, name: string): string | undefined {
  return faults.replies?.[name] ?? faults.replies?.[name.replace(/^UID /, '')]
}

export function isSilentOn(faults: ImapFaults, name: string): boolean {
  return faults.silentOn?.some((silent) => silent === name || silent === name.replace(/^UID /, '')) === true
}
