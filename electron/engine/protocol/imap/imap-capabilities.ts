import { MailError } from '../../../../shared/errors/mail-error.ts'
import { chooseMechanism, type SignInSettings } from '../sasl/choose-mechanism.ts'
import type { SaslMechanism } from '../sasl/sasl.ts'

/** Upper case, `AUTH=` and `APPENDLIMIT=` values included. */
export type Capabilities = ReadonlySet<string>

/** From the library's map, whose values are numbers for `APPENDLIMIT=1000` and true for the rest. */
export function capabilitiesFrom(map: ReadonlyMap<string, boolean | number>): Capabilities {
  return new Set([...map.keys()].map((name) => name.toUpperCase()))
}

/** How to sign in: a SASL mechanism of ours, or the library's own PLAIN and LOGIN. */
export type SignInMethod =
  | { readonly by: 'library'; readonly loginMethod?: 'AUTH=PLAIN' | 'LOGIN' }
  | { readonly by: 'sasl'; readonly mechanism: SaslMechanism }

/** What the account asks for against what the server offers. Never falls back to something weaker than asked for. */
export function chooseSignIn(settings: SignInSettings, capabilities: Capabilities): SignInMethod {
  const mayLogin = settings.signIn === 'password' && !capabilities.has('LOGINDISABLED')
  const offered = [...capabilities].filter((name) => name.startsWith('AUTH=')).map((name) => name.slice('AUTH='.length))
  const mechanism = chooseMechanism(offered, settings)
  switch (mechanism) {
    case undefined:
      if (mayLogin) return { by: 'library', loginMethod: 'LOGIN' }
      throw new MailError('sign-in-unsupported', 'The server offers no way to sign in that this account may use.')
    case 'PLAIN':
      // The library takes the LOGIN command for names with a slash, which old Exchange servers need, even where it is switched off.
      return mayLogin ? { by: 'library' } : { by: 'library', loginMethod: 'AUTH=PLAIN' }
    case 'LOGIN':
      return { by: 'library' }
    default:
      return { by: 'sasl', mechanism }
  }
}
