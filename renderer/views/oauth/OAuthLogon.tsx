import { useState } from 'react'
import type { Account, AccountSettings } from '../../../shared/domain/account.ts'
import { oauthOf, otherProvider, providerOfHost } from '../../../shared/domain/oauth.ts'
import { oauthText as text } from '../../text/oauth.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { Lockable } from '../accounts/Lockable.tsx'
import type { TabProps } from '../accounts/tab-props.ts'
import { OAuthSettingsDialog } from './OAuthSettingsDialog.tsx'
import { SignInDialog } from './SignInDialog.tsx'
import { useProviders } from './use-providers.ts'

interface OAuthLogonProps {
  readonly settings: AccountSettings
  /** As it is stored: tokens are kept for it at once. */
  readonly account: Account
  readonly dispatch: TabProps['dispatch']
  /** Opens with the sign-in, as the connection doctor has advised. */
  readonly isSigningIn: boolean
}

/** Properties > Servers: the browser instead of a password. */
export function OAuthLogon({ settings, account, dispatch, isSigningIn }: OAuthLogonProps) {
  const { providers, reload } = useProviders()
  const [opened, setOpened] = useState<'sign-in' | 'settings' | undefined>(isSigningIn ? 'sign-in' : undefined)
  const { incoming, protocol } = settings
  const isOn = incoming.signIn === 'oauth2'
  const oauth = settings.oauth ?? oauthOf(providerOfHost(providers ?? [], incoming.host)?.id ?? otherProvider)
  const close = () => setOpened(undefined)
  const change = (changed: typeof oauth) => {
    reload()
    dispatch({ type: 'account', change: { oauth: changed } })
  }
  const choose = (value: boolean) => {
    dispatch({ type: 'incoming', change: { signIn: value ? 'oauth2' : 'password' } })
    if (value) dispatch({ type: 'account', change: { oauth } })
  }
  return (
    <div className="properties-indent">
      <Lockable path="incoming.signIn">
        <Checkbox label={text.choice} checked={isOn} disabled={!providers} onChange={choose} />
      </Lockable>
      {isOn && (
        <div className="sign-in-buttons sign-in-properties">
          <Button disabled={!providers} onClick={() => setOpened('sign-in')}>
            {text.signInButton}
          </Button>
          <Lockable path="oauth">
            <Button disabled={!providers} onClick={() => setOpened('settings')}>
              {text.settings}
            </Button>
          </Lockable>
        </div>
      )}
      {opened === 'sign-in' && providers && (
        <SignInDialog
          server={incoming.host}
          accountName={account.name}
          question={{ account: account.id, oauth, protocol, user: incoming.user }}
          providers={providers}
          onSettings={change}
          onSignedIn={() => {}}
          onClose={close}
        />
      )}
      {opened === 'settings' && providers && (
        <OAuthSettingsDialog
          oauth={oauth}
          providers={providers}
          onClose={close}
          onOk={(changed) => {
            change(changed)
            close()
          }}
        />
      )}
    </div>
  )
}
