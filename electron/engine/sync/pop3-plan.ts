import { createHash } from 'node:crypto'

export interface ListedMessage {
  readonly number: number
  /** Bytes as the server's LIST says. */
  readonly size: number
}

export interface Pop3PlanInput {
  readonly list: readonly ListedMessage[]
  /** undefined: the server has no UIDL. */
  readonly uidls: readonly { readonly number: number; readonly uidl: string }[] | undefined
  /** Header hashes for servers without UIDL, by message number. */
  readonly fingerprints?: ReadonlyMap<number, string>
  readonly isKnown: (uidl: string) => boolean
}

export interface WantedMessage extends ListedMessage {
  readonly uidl: string
}

/** P1: what to fetch, in the server's order, which is oldest first. Pure. */
export function planPop3({ list, uidls, fingerprints, isKnown }: Pop3PlanInput): readonly WantedMessage[] {
  const names = uidls ? new Map(uidls.map((entry) => [entry.number, entry.uidl])) : fingerprints
  const seen = new Map<string, number>()
  const wanted: WantedMessage[] = []
  for (const { number, size } of list) {
    const name = names?.get(number)
    if (name === undefined) continue
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    // P6: RFC 1939 forbids it, but servers repeat a UIDL when they make it from the content.
    const uidl = times === 1 ? name : `${name}#${times}`
    if (!isKnown(uidl)) wanted.push({ number, size, uidl })
  }
  return wanted
}

/** P5: a name for a message of a server without UIDL. Received and status lines of the server itself may change; Status does. */
export function headerFingerprint(header: Buffer, size: number): string {
  const stable = header
    .toString('latin1')
    .replace(/^(?:Status|X-Status|X-UIDL):.*\r?\n(?:[ \t].*\r?\n)*/gim, '')
    .trimEnd()
  return `header-sha256:${createHash('sha256').update(stable, 'latin1').digest('hex')}-${size}`
}
