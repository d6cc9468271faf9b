import type { SignIn } from '../../../../shared/domain/account.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'

/** Upper case, `AUTH=` and `APPENDLIMIT=` values included. */
export type Capabilities = ReadonlySet<string>

/** From the library's map, whose values are numbers for `APPENDLIMIT=1000` and true for the rest. */
export function capabilitiesFrom(map: ReadonlyMap<string, boolean | number>): Capabilities {
  return new Set([...map.keys()].map((name) => name.toUpperCase()))
}

/** How to sign in: a SASL mechanism of ours, or the library's own PLAIN and LOGIN. */
export type SignInMethod =
  | { readonly by: 'library'; readonly loginMethod?: 'AUTH=PLAIN' }
  | { readonly by: 'sasl'; readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-1' | 'CRAM-MD5' }

const challengeMechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5'] as const

/** What the account asks for against what the server offers. Never falls back to something weaker than asked for. */
export function chooseSignIn(signIn: SignIn, capabilities: Capabilities): SignInMethod {
  if (signIn !== 'password') {
    throw new MailError('sign-in-unsupported', `Signing in by "${signIn}" is not possible over IMAP.`)
  }
  const mayLogin = !capabilities.has('LOGINDISABLED')
  if (capabilities.has('AUTH=PLAIN')) {
    // The library takes the LOGIN command for a user name with a slash, even where LOGIN is switched off.
    return mayLogin ? { by: 'library' } : { by: 'library', loginMethod: 'AUTH=PLAIN' }
  }
  if (capabilities.has('AUTH=LOGIN')) return { by: 'library' }
  const mechanism = challengeMechanisms.find((name) => capabilities.has(`AUTH=${name}`))
  if (mechanism) return { by: 'sasl', mechanism }
  if (mayLogin) return { by: 'library' }
  throw new MailError('sign-in-unsupported', 'The server offers no way to sign in that we know.')
}
