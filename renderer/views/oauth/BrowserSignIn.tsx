import { useEffect, useRef, useState } from 'react'
import { otherProvider, type OAuthProvider, type OAuthSettings, type OAuthWay } from '../../../shared/domain/oauth.ts'
import { openSignInPage } from '../../bridge/open-outside.ts'
import { useServices } from '../../live/services.tsx'
import { oauthText as text } from '../../text/oauth.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { Spinner } from '../../widgets/Spinner.tsx'
import { OAuthSettingsDialog } from './OAuthSettingsDialog.tsx'
import { type BrowserSignIn as SignIn, type SignInQuestion, useBrowserSignIn } from './use-browser-sign-in.ts'
import { providerName } from './use-providers.ts'
import './oauth.css'

interface BrowserSignInProps {
  readonly question: SignInQuestion
  readonly providers: readonly OAuthProvider[]
  /** The provider's settings were changed in their dialog. */
  readonly onSettings: (oauth: OAuthSettings) => void
  readonly onSignedIn: (ticket: string | null) => void
  /** Somebody has signed in here before. */
  readonly isDone?: boolean
  /** The button that begins is the default one of the dialog. */
  readonly isPrimary?: boolean
}

/** Signing in on the provider's page: the way there, what is being waited for, and what to do when it fails. */
export function BrowserSignIn({ question, providers, onSettings, onSignedIn, isDone, isPrimary }: BrowserSignInProps) {
  const { hostInfo } = useServices()
  const signIn = useBrowserSignIn(question, onSignedIn, isDone)
  const [hasSettings, setSettings] = useState(false)
  const { phase } = signIn
  const panel = useSight(phase.kind)
  const { oauth } = question
  const hasCodes = oauth.provider === otherProvider || providers.some(({ id, hasCodes: has }) => id === oauth.provider && has)
  const isWaiting = phase.kind === 'starting' || phase.kind === 'page' || phase.kind === 'code' || phase.kind === 'fetching'
  // It stands where the button was that began it: the second half of a double click must not end that.
  const cancelUnlessDoubleClicked = ({ detail }: { readonly detail: number }) => detail < 2 && signIn.cancel()
  return (
    <div ref={panel} className="sign-in" role="group" aria-label={text.group}>
      {(phase.kind === 'idle' || phase.kind === 'starting') && <p>{text.explanation(providerName(providers, oauth))}</p>}
      {phase.kind === 'failed' && <ErrorReport title={text.failed} error={phase.error} />}
      {phase.kind === 'code' && <CodeToEnter code={phase.code} url={phase.url} />}
      <StateLine signIn={signIn} />
      {phase.kind === 'page' && <PageLine url={phase.url} />}
      {phase.kind === 'done' && hostInfo.secrets === 'memory' && <p className="sign-in-note">{text.notKept}</p>}
      <div className="sign-in-buttons">
        {isWaiting ? (
          <Button onClick={cancelUnlessDoubleClicked}>{text.cancel}</Button>
        ) : (
          <Button
            kind={isPrimary && phase.kind !== 'done' ? 'primary' : 'plain'}
            icon="open-outside"
            onClick={() => signIn.start('browser')}
          >
            {phase.kind === 'idle' ? text.start : text.again}
          </Button>
        )}
        {hasCodes && <OtherWay phase={phase.kind} onStart={signIn.start} />}
        {!isWaiting && (
          <Button kind="link" onClick={() => setSettings(true)}>
            {text.settings}
          </Button>
        )}
      </div>
      {hasSettings && (
        <OAuthSettingsDialog
          oauth={oauth}
          providers={providers}
          onClose={() => setSettings(false)}
          onOk={(changed) => {
            setSettings(false)
            signIn.cancel()
            onSettings(changed)
          }}
        />
      )}
    </div>
  )
}

/** What has changed is brought into sight; when all is done, the dialog's default button has the focus. */
function useSight(kind: SignIn['phase']['kind']) {
  const panel = useRef<HTMLDivElement>(null)
  const before = useRef(kind)
  useEffect(() => {
    if (before.current === kind) return
    before.current = kind
    panel.current?.scrollIntoView({ block: 'nearest' })
    if (kind !== 'done') return
    const dialog = panel.current?.closest('.dialog')
    const next =
      dialog?.querySelector<HTMLElement>('.dialog-footer .button-primary') ?? dialog?.querySelector<HTMLElement>('.dialog-footer button')
    next?.focus()
  }, [kind])
  return panel
}

function OtherWay({ phase, onStart }: { readonly phase: SignIn['phase']['kind']; readonly onStart: (way: OAuthWay) => void }) {
  if (phase === 'done' || phase === 'fetching') return undefined
  const way = phase === 'code' ? 'browser' : 'code'
  return (
    <Button kind="link" onClick={() => onStart(way)}>
      {way === 'code' ? text.useCode : text.useBrowser}
    </Button>
  )
}

function StateLine({ signIn: { phase } }: { readonly signIn: SignIn }) {
  const line = () => {
    switch (phase.kind) {
      case 'starting':
        return text.starting
      case 'page':
        return text.waiting
      case 'code':
        return text.waitingForCode(new Date(phase.expiresAt).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' }))
      case 'fetching':
        return text.fetching
      case 'done':
        return text.done
      default:
        return ''
    }
  }
  return (
    <p className={phase.kind === 'done' ? 'sign-in-state sign-in-done' : 'sign-in-state'} role="status">
      {line() !== '' && (phase.kind === 'done' ? <Icon name="check" /> : <Spinner />)}
      {line()}
    </p>
  )
}

function PageLine({ url }: { readonly url: string }) {
  const services = useServices()
  return (
    <p className="sign-in-note">
      {text.noPage}{' '}
      <Button kind="link" title={url} onClick={() => openSignInPage(services, url)}>
        {text.openPage}
      </Button>{' '}
      <Copy label={text.copyAddress} value={url} />
    </p>
  )
}

function CodeToEnter({ code, url }: { readonly code: string; readonly url: string }) {
  const services = useServices()
  return (
    <div className="sign-in-code">
      <p>{text.enterCode}</p>
      <p>
        <Button kind="link" onClick={() => openSignInPage(services, url)}>
          <span className="selectable">{url}</span>
        </Button>
      </p>
      <p className="sign-in-code-line">
        <output className="sign-in-code-letters selectable" aria-label={text.code}>
          {code}
        </output>
        <Copy label={text.copyCode} value={code} />
      </p>
    </div>
  )
}

function Copy({ label, value }: { readonly label: string; readonly value: string }) {
  const [copied, setCopied] = useState('')
  const copy = () => void navigator.clipboard.writeText(value).then(() => setCopied(value))
  return (
    <Button kind="link" onClick={copy}>
      {copied === value ? text.copied : label}
    </Button>
  )
}
