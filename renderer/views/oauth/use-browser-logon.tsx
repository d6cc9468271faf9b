import { type Dispatch, type ReactNode, useEffect } from 'react'
import { oauthOf, type OAuthSettings, otherProvider, providerOfHost } from '../../../shared/domain/oauth.ts'
import { oauthText as text } from '../../text/oauth.ts'
import { Button } from '../../widgets/Button.tsx'
import type { WizardEvent, WizardState } from '../accounts/wizard-state.ts'
import { BrowserSignIn } from './BrowserSignIn.tsx'
import { useProviders } from './use-providers.ts'

interface BrowserLogon {
  /** The page asks for no password. */
  readonly isBrowser: boolean
  readonly panel: ReactNode
}

/** The wizard's log-on for providers that have a page of their own for it. */
export function useBrowserLogon(state: WizardState, dispatch: Dispatch<WizardEvent>): BrowserLogon {
  const { providers, reload } = useProviders()
  const known = providers && providerOfHost(providers, state.incoming.host)
  const isReady = known !== undefined && known.clientId !== ''
  useEffect(() => {
    // Where nothing is missing, the provider's own page is the better way; an app password stays possible.
    if (state.browser === null && isReady) dispatch({ type: 'browser', value: true })
  }, [state.browser, isReady, dispatch])
  if (!providers) return { isBrowser: state.browser === true, panel: undefined }
  if (!state.browser)
    return {
      isBrowser: false,
      panel: known && <Switch label={text.useSignIn} onClick={() => dispatch({ type: 'browser', value: true })} />,
    }
  // Whose page it is, the user says in the settings when nobody knows.
  const oauth: OAuthSettings = state.oauth ?? oauthOf(known?.id ?? otherProvider)
  return {
    isBrowser: true,
    panel: (
      <>
        <BrowserSignIn
          key={state.incoming.host}
          question={{ account: null, oauth, protocol: state.protocol, user: state.user }}
          providers={providers}
          isDone={state.ticket !== null}
          onSettings={(value) => {
            reload()
            dispatch({ type: 'oauth', value })
          }}
          onSignedIn={(ticket) => dispatch({ type: 'signedIn', oauth, ticket })}
        />
        {state.ticket === null && <p className="sign-in-aside">{text.later}</p>}
        <Switch label={text.usePassword} onClick={() => dispatch({ type: 'browser', value: false })} />
      </>
    ),
  }
}

function Switch({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <div className="wizard-aside">
      <Button kind="link" onClick={onClick}>
        {label}
      </Button>
    </div>
  )
}
