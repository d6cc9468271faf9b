import type { AccountSettings, Security, SignIn } from '../../../shared/domain/account.ts'
import type { Route } from '../accounts/routes.ts'
import type { DoctorSide } from '../../../shared/doctor/doctor.ts'
import { outgoingSignIn } from '../accounts/sign-in.ts'

export type Service = 'pop3' | 'imap' | 'smtp'

/** An account to be checked, saved or not. */
export interface DoctorPatient {
  readonly settings: AccountSettings
  /** undefined: there is none. */
  readonly passwords: Readonly<Record<DoctorSide, string | undefined>>
  /** The access token of a browser sign-in (OAuth 2.0), or one in place of a token that a server refused. Throws what is wrong with it. */
  readonly token?: PatientToken
  /** How each server is reached; left out: straight, with what the settings trust. */
  readonly route?: ((place: { readonly host: string; readonly port: number }) => Promise<Route>) | undefined
}

export type PatientToken = (signal: AbortSignal, refused?: string) => Promise<string>

/** One half of an account, seen as what it connects to. */
export interface CheckedServer {
  readonly side: DoctorSide
  readonly service: Service
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly signIn: SignIn
  readonly user: string
  readonly password: string | undefined
  /** Stands for the password where `signIn` is `oauth2`. */
  readonly token?: PatientToken | undefined
  /** Whose name and password these are: "same as incoming" means that outgoing has none of its own. */
  readonly logonOf: DoctorSide
}

export function serversOf({ settings, passwords, token }: DoctorPatient): Readonly<Record<DoctorSide, CheckedServer>> {
  const { incoming, outgoing, protocol } = settings
  const isShared = outgoing.signIn === 'same'
  const logonOf = isShared ? 'incoming' : 'outgoing'
  return {
    incoming: {
      ...{ host: incoming.host, port: incoming.port, security: incoming.security, signIn: incoming.signIn, user: incoming.user },
      ...{ side: 'incoming', service: protocol, password: passwords.incoming, logonOf: 'incoming', token },
    },
    outgoing: {
      ...{ side: 'outgoing', service: 'smtp', host: outgoing.host, port: outgoing.port, security: outgoing.security },
      signIn: outgoingSignIn(settings),
      user: settings[logonOf].user,
      password: passwords[logonOf],
      token,
      logonOf,
    },
  }
}

export const protocolOf = { pop3: 'POP3', imap: 'IMAP', smtp: 'SMTP' } as const satisfies Record<Service, string>
