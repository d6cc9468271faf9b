import type { Security } from '../domain/account.ts'
import type { CertificateQuestion } from '../domain/trust-request.ts'
import type { ErrorInfo } from '../errors/mail-error.ts'

export type DoctorSide = 'incoming' | 'outgoing'
export type DoctorStepName = 'find' | 'connect' | 'secure' | 'greeting' | 'abilities' | 'log-on' | 'mailbox' | 'send-test' | 'find-test'

/** One thing that the connection doctor (A14) looks at. */
export interface DoctorStep {
  readonly side: DoctorSide
  readonly name: DoctorStepName
  /** `skipped`: the account does not ask for it. `waiting` in a finished report: something before it failed. */
  readonly state: 'waiting' | 'running' | 'passed' | 'failed' | 'skipped'
  /** One line for people: what was found, or why it failed. */
  readonly text: string
  /** How long it took; null while it has not ended. */
  readonly ms: number | null
}

/** What to do next, as data: the window offers it as a link, the command line says it. */
export type DoctorAction =
  | { readonly kind: 'use-port'; readonly side: DoctorSide; readonly port: number; readonly security: Security }
  | { readonly kind: 'try-host'; readonly side: DoctorSide; readonly host: string }
  | { readonly kind: 'try-user'; readonly side: DoctorSide; readonly user: string }
  | { readonly kind: 'switch-sign-in'; readonly side: DoctorSide; readonly signIn: 'password' | 'spa' | 'none' }
  | { readonly kind: 'retype-password'; readonly side: DoctorSide }
  /** With the browser, OAuth 2.0. */
  | { readonly kind: 'sign-in-again'; readonly side: DoctorSide }
  | { readonly kind: 'open-properties'; readonly side: DoctorSide }
  | { readonly kind: 'open-page'; readonly page: 'connection' | 'security' }
  /** Nothing is trusted by it: people see what is wrong, and decide. */
  | { readonly kind: 'show-certificate'; readonly side: DoctorSide; readonly question: CertificateQuestion }
  | { readonly kind: 'try-later' }
  | { readonly kind: 'ask'; readonly who: 'help desk' | 'mail provider' }

export interface DoctorProblem {
  readonly side: DoctorSide
  readonly step: DoctorStepName
  readonly error: ErrorInfo
  /** The advised one first; two at most. */
  readonly actions: readonly DoctorAction[]
}

export interface DoctorReport {
  readonly account: string
  /** `pop.example.org, port 995, tls` for the heading of each half. */
  readonly servers: Readonly<Record<DoctorSide, string>>
  readonly steps: readonly DoctorStep[]
  /** The first failure; null: all is well. */
  readonly problem: DoctorProblem | null
  readonly ms: number
  /** Protocol lines of this check, secrets removed. */
  readonly log: readonly string[]
}
