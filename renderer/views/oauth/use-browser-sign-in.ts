import { useEffect, useRef, useState } from 'react'
import type { IncomingProtocol } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { OAuthSettings, OAuthStep, OAuthWay } from '../../../shared/domain/oauth.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { openSignInPage } from '../../bridge/open-outside.ts'
import { useServices } from '../../live/services.tsx'

/** Who signs in, and where. */
export interface SignInQuestion {
  /** null: the account is not there yet; then `onSignedIn` gets a ticket for it. */
  readonly account: AccountId | null
  readonly oauth: OAuthSettings
  readonly protocol: IncomingProtocol
  readonly user: string
}

export type SignInPhase =
  | { readonly kind: 'idle' | 'starting' | 'done' }
  | { readonly kind: 'failed'; readonly error: ErrorInfo }
  | OAuthStep

export interface BrowserSignIn {
  readonly phase: SignInPhase
  start(way: OAuthWay): void
  cancel(): void
}

/** Runs a sign-in. Going away ends it, and so does starting another. */
export function useBrowserSignIn(question: SignInQuestion, onSignedIn: (ticket: string | null) => void, isDone = false): BrowserSignIn {
  const services = useServices()
  const [phase, setPhase] = useState<SignInPhase>({ kind: isDone ? 'done' : 'idle' })
  const controller = useRef<AbortController | undefined>(undefined)
  useEffect(() => () => controller.current?.abort(), [])

  const start = (way: OAuthWay) => {
    controller.current?.abort()
    const current = new AbortController()
    controller.current = current
    const run = crypto.randomUUID()
    setPhase({ kind: 'starting' })
    const stopListening = services.engine.on('oauthStep', ({ run: of, step }) => {
      if (of !== run) return
      if (step.kind === 'page') openSignInPage(services, step.url)
      setPhase(step)
    })
    const ended = (next: SignInPhase) => {
      stopListening()
      if (controller.current !== current) return false
      controller.current = undefined
      setPhase(next)
      return true
    }
    services.engine.call('oauth.signIn', { run, way, ...question }, current.signal).then(
      ({ ticket }) => void (ended({ kind: 'done' }) && onSignedIn(ticket)),
      (reason: unknown) => {
        const error = toErrorInfo(reason)
        ended(error.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', error })
      },
    )
  }
  const cancel = () => {
    controller.current?.abort()
    controller.current = undefined
    setPhase({ kind: 'idle' })
  }
  return { phase, start, cancel }
}
