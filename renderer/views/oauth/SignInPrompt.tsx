import { useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import { oauthOf, type OAuthSettings, otherProvider, providerOfHost } from '../../../shared/domain/oauth.ts'
import type { LogonRequest } from '../../../shared/domain/run.ts'
import { useServices } from '../../live/services.tsx'
import { SignInDialog } from './SignInDialog.tsx'
import { useProviders } from './use-providers.ts'

interface SignInPromptProps {
  readonly account: Account
  readonly request: LogonRequest
  readonly onAnswered: () => void
}

/** Asks to sign in again. The engine goes on by itself as soon as that is done, and closes this request and its like. */
export function SignInPrompt({ account, request, onAnswered }: SignInPromptProps) {
  const { engine } = useServices()
  const { providers, reload } = useProviders()
  const [changed, setChanged] = useState<OAuthSettings | undefined>()
  if (!providers) return undefined
  const oauth = changed ?? account.oauth ?? oauthOf(providerOfHost(providers, account.incoming.host)?.id ?? otherProvider)
  const change = (value: OAuthSettings) => {
    reload()
    setChanged(value)
    const { id, isDefault: _isDefault, ...settings } = account
    // Only what was chosen here; a failure shows when the sign-in is tried.
    void engine
      .call('accounts.update', { id, settings: { ...settings, oauth: value }, password: null, outgoingPassword: null })
      .catch(() => {})
  }
  return (
    <SignInDialog
      server={request.server}
      accountName={request.accountName}
      reason={request.oauth ?? undefined}
      question={{ account: account.id, oauth, protocol: account.protocol, user: request.user }}
      providers={providers}
      onSettings={change}
      onSignedIn={onAnswered}
      onClose={() => {
        // Closed in another window at the same moment: nothing is lost.
        engine.call('logon.answer', { request: request.request, answer: null }).then(onAnswered, onAnswered)
      }}
    />
  )
}
