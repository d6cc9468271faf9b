import type { Security, SignIn } from '../../../shared/domain/account.ts'
import type { PeerTrust } from './connect-tls.ts'
import type { Proxy } from './proxy.ts'

/** Where to sign in for receiving, and as whom. */
export interface IncomingTarget {
  readonly host: string
  readonly port: number
  readonly security: Security
  /** Sent unchanged. */
  readonly user: string
  /** With `oauth2`: the access token. */
  readonly password: string
  readonly signIn: SignIn
  readonly trust: PeerTrust
  /** undefined: straight to the server. */
  readonly proxy?: Proxy | undefined
  /** Silence that ends the session while an answer is due, ms. */
  readonly timeoutMs: number
  /** For error details only. */
  readonly accountName: string
}
