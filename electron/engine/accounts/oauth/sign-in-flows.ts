import { setTimeout as pause } from 'node:timers/promises'
import type { OAuthStep, OAuthWay } from '../../../../shared/domain/oauth.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { stopped } from '../../protocol/connect-tls.ts'
import { listenForRedirect } from './redirect-listener.ts'
import { askForCode, beginBrowserSignIn, finishBrowserSignIn, type Registration, type Tokens, tokensForCode } from './token-endpoint.ts'

export interface SignInFlow {
  readonly registration: Registration
  /** Filled in on the sign-in page when it is an address. */
  readonly user: string
  readonly signal: AbortSignal
  readonly onStep: (step: OAuthStep) => void
  /** How long the user may take in the browser. For tests. */
  readonly patienceMs?: number
}

const usualPatienceMs = 15 * 60_000

/** Throws MailError: `cancelled`, or what the provider said. */
export function runSignIn(way: OAuthWay, flow: SignInFlow): Promise<Tokens> {
  flow.signal.throwIfAborted()
  return way === 'browser' ? signInWithBrowser(flow) : signInWithCode(flow)
}

async function signInWithBrowser({ registration, user, signal, onStep, patienceMs = usualPatienceMs }: SignInFlow): Promise<Tokens> {
  let state: string | undefined
  const listener = await listenForRedirect((brought) => state !== undefined && brought === state)
  try {
    const redirect = registration.redirect.replace('{port}', String(listener.port))
    const begun = await beginBrowserSignIn(registration, redirect, user)
    state = begun.state
    onStep({ kind: 'page', url: begun.url })
    const brought = await inTime(listener.broughtBack, signal, { patienceMs, server: new URL(registration.authorization).hostname })
    onStep({ kind: 'fetching' })
    try {
      const tokens = await finishBrowserSignIn(registration, begun, { parameters: brought.parameters, signal })
      brought.answer('signed-in')
      return tokens
    } catch (error) {
      brought.answer('failed')
      // What the browser brought is good for a minute only; to say that a sign-in was withdrawn would be wrong.
      throw error instanceof MailError && error.code === 'oauth-revoked'
        ? new MailError('oauth-not-finished', error.message, error.detail)
        : error
    }
  } finally {
    listener.close()
  }
}

async function signInWithCode({ registration, signal, onStep }: SignInFlow): Promise<Tokens> {
  const server = new URL(registration.token).hostname
  if (registration.deviceAuthorization === null) {
    throw new MailError('unsupported', 'This provider has no codes for signing in.', { server, action: 'sign in' })
  }
  const code = await askForCode(registration, signal)
  const expiresAt = Date.now() + code.expiresInSeconds * 1000
  onStep({ kind: 'code', code: code.userCode, url: code.url, expiresAt })
  let seconds = code.intervalSeconds
  let failures = 0
  while (Date.now() < expiresAt) {
    await pause(seconds * 1000, undefined, { signal }).catch((): never => {
      throw stopped(signal)
    })
    try {
      const answer = await tokensForCode(registration, code.deviceCode, signal)
      if (typeof answer === 'object') return answer
      if (answer === 'slow-down') seconds += 5
      failures = 0
    } catch (error) {
      // A line that breaks for a moment must not cost the user the code.
      const isPassing = error instanceof MailError && (error.code === 'oauth-unreachable' || error.code === 'server-busy')
      if (!isPassing || ++failures > 3) throw error
    }
  }
  throw notFinished(server)
}

interface Waiting {
  readonly patienceMs: number
  readonly server: string
}

/** The browser tells nobody when it is closed: what ends the wait is the user, or time. */
async function inTime<T>(result: Promise<T>, signal: AbortSignal, { patienceMs, server }: Waiting): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(notFinished(server)), patienceMs)
  const stop = () => reject(stopped(signal))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await Promise.race([result, ended])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

function notFinished(server: string): MailError {
  return new MailError('oauth-not-finished', 'Nobody finished the sign-in in time.', { server, action: 'sign in' })
}
