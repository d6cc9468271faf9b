import type { DiscoveryPorts } from './accounts/discovery-ports.ts'
import type { Logger } from './log.ts'

/** Keeps passwords and tokens outside the store: the system's keychain, a file, or memory only. */
export interface SecretPort {
  /** undefined: there is none. */
  get(key: string): Promise<string | undefined>
  set(key: string, secret: string): Promise<void>
  delete(key: string): Promise<void>
}

export interface Clock {
  /** Epoch ms. */
  now(): number
}

/** What the engine needs from outside. */
export interface EnginePorts {
  /** Created when missing; holds the store and nothing of anybody else. */
  readonly dataFolder: string
  readonly clock: Clock
  readonly secrets: SecretPort
  readonly log: Logger
  readonly version: string
  /** Where settings of new accounts are looked for; left out: the Internet. */
  readonly discovery?: DiscoveryPorts
}

export const systemClock: Clock = { now: () => Date.now() }
