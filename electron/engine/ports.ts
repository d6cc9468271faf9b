import type { DiscoveryPorts } from './accounts/discovery-ports.ts'
import type { Logger } from './log.ts'
import type { PolicyFile } from './policy/policy-file.ts'
import type { Proxy } from './protocol/proxy.ts'

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

/** What only the system knows about the way to a server. */
export interface NetworkPort {
  /** The proxy that the system says for a server; undefined: none. */
  proxyFor(host: string, port: number): Promise<Proxy | undefined>
  /** null: this system does not tell. */
  isMetered(): Promise<boolean | null>
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
  /** Left out: no proxy, and nobody tells about metered networks. */
  readonly network?: NetworkPort | undefined
  /** What the organization has laid down on this computer. */
  readonly policy?: PolicyFile | undefined
}

export const systemClock: Clock = { now: () => Date.now() }
