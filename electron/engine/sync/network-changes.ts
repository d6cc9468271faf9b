import { networkInterfaces } from 'node:os'
import type { Clock } from '../ports.ts'

const everyMs = 5000
/** A timer this late means that the computer slept. */
const sleptMs = 20_000

export interface NetworkChangesOptions {
  readonly clock: Clock
  /** What connects this computer with others; tests give their own. */
  readonly network?: () => string
}

/** Tells when connections that stand are probably dead: the computer woke up, or came into another network. */
export class NetworkChanges {
  readonly #clock: Clock
  readonly #network: () => string
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #lastLook = 0
  #before = ''

  constructor({ clock, network = connectedBy }: NetworkChangesOptions) {
    this.#clock = clock
    this.#network = network
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  begin(): void {
    this.#lastLook = this.#clock.now()
    this.#before = this.#network()
    this.#timer = setInterval(() => this.look(), everyMs)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  look(): void {
    const now = this.#clock.now()
    const network = this.#network()
    const hasSlept = now - this.#lastLook > everyMs + sleptMs
    const hasMoved = network !== this.#before
    this.#lastLook = now
    this.#before = network
    if (hasSlept || hasMoved) for (const listener of this.#listeners) listener()
  }
}

/** The addresses of this computer as one text; '' without any. */
export function connectedBy(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  // Link-local IPv6 addresses are there without any network.
  const useful = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
  return useful
    .map(({ address }) => address)
    .sort()
    .join(' ')
}
