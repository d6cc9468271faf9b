import type { SignIn } from '../../../../shared/domain/account.ts'
import type { SaslMechanism } from './sasl.ts'

export interface SignInSettings {
  readonly signIn: SignIn
  readonly isEncrypted: boolean
}

/**
 * What we would use, best first. Over TLS the plain ones come first: they work with every way of storing passwords, and a server that
 * offers SCRAM or CRAM for accounts without the matching hash is a common fault. In the clear it is the other way round.
 * `spa` never falls back to anything else. It does without TLS, too: NTLM sends a proof, not the password.
 */
const preferred: Readonly<Record<SignIn, { readonly encrypted: readonly SaslMechanism[]; readonly clear: readonly SaslMechanism[] }>> = {
  password: {
    encrypted: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5'],
    clear: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'],
  },
  oauth2: { encrypted: ['XOAUTH2', 'OAUTHBEARER'], clear: [] },
  spa: { encrypted: ['NTLM'], clear: ['NTLM'] },
  none: { encrypted: [], clear: [] },
}

/** The mechanism to use of those that the server offers; undefined: none of them fits. */
export function chooseMechanism(offered: readonly string[], { signIn, isEncrypted }: SignInSettings): SaslMechanism | undefined {
  const names = new Set(offered.map((name) => name.toUpperCase()))
  return preferred[signIn][isEncrypted ? 'encrypted' : 'clear'].find((mechanism) => names.has(mechanism))
}
