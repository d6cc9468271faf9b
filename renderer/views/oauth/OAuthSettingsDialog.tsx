import { useState } from 'react'
import { oauthOf, type OAuthProvider, type OAuthSettings, otherProvider } from '../../../shared/domain/oauth.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { openSignInPage } from '../../bridge/open-outside.ts'
import { useServices } from '../../live/services.tsx'
import { oauthSettingsText as text } from '../../text/oauth.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { SelectBox } from '../../widgets/SelectBox.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { initialSettings, type SettingsForm, settingsProblems } from './oauth-settings-form.ts'
import './oauth.css'

interface OAuthSettingsDialogProps {
  readonly oauth: OAuthSettings
  readonly providers: readonly OAuthProvider[]
  readonly onClose: () => void
  readonly onOk: (oauth: OAuthSettings) => void
}

/** Provider, client ID and what goes with it. What belongs to a provider of the list is kept for all of its accounts. */
export function OAuthSettingsDialog({ oauth, providers, onClose, onOk }: OAuthSettingsDialogProps) {
  const services = useServices()
  const [form, setForm] = useState(() => initialSettings(oauth, providers))
  const [isTried, setTried] = useState(false)
  const saving = useSaving(onOk)
  const change = (part: Partial<SettingsForm>) => setForm({ ...form, ...part })
  const provider = providers.find(({ id }) => id === form.provider)
  const isOther = form.provider === otherProvider
  const problems = isTried ? settingsProblems(form) : {}
  const confirm = () => {
    setTried(true)
    if (Object.keys(settingsProblems(form)).length === 0) saving.save(form)
  }
  const keepsSecret = provider?.hasSecret === true && provider.clientId === form.clientId.trim()
  return (
    <Dialog
      title={text.title}
      open
      width={32}
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" disabled={saving.isBusy} onClick={confirm}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <div className="oauth-settings">
        {saving.error && <ErrorReport title={text.failed} error={saving.error} />}
        <SelectBox
          label={text.provider}
          value={form.provider}
          options={[...providers.map(({ id, name }) => ({ value: id, label: name })), { value: otherProvider, label: text.other }]}
          onChange={(id) => setForm(initialSettings(oauthOf(id), providers))}
        />
        {isOther && (
          <TextField
            label={text.issuer}
            hint={text.issuerHint}
            value={form.issuer}
            error={problems.issuer}
            onChange={(issuer) => change({ issuer })}
            maxLength={2048}
          />
        )}
        <TextField
          label={text.clientId}
          hint={text.clientIdHint}
          value={form.clientId}
          error={problems.clientId}
          onChange={(clientId) => change({ clientId })}
          maxLength={512}
          autoFocus
        />
        {(isOther || provider?.givesSecret) && (
          <TextField
            label={text.secret}
            type="password"
            hint={text.secretHint}
            value={form.secret ?? ''}
            placeholder={keepsSecret && form.secret === null ? text.secretKept : ''}
            onChange={(secret) => change({ secret })}
            maxLength={512}
          />
        )}
        {provider?.hasTenants && (
          <TextField
            label={text.tenant}
            hint={text.tenantHint}
            value={form.tenant}
            onChange={(tenant) => change({ tenant })}
            maxLength={256}
          />
        )}
        {isOther && (
          <TextField label={text.scope} hint={text.scopeHint} value={form.scope} onChange={(scope) => change({ scope })} maxLength={2048} />
        )}
        {provider && (
          <p className="oauth-settings-note">
            {text.shared(provider.name)}{' '}
            <Button kind="link" icon="open-outside" title={provider.help} onClick={() => openSignInPage(services, provider.help)}>
              {text.help(provider.name)}
            </Button>
          </p>
        )}
      </div>
    </Dialog>
  )
}

function useSaving(onOk: (oauth: OAuthSettings) => void) {
  const { engine } = useServices()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo | undefined>()
  const save = (form: SettingsForm) => {
    setBusy(true)
    setError(undefined)
    const { provider, secret } = form
    const [clientId, tenant, issuer, scope] = [form.clientId.trim(), form.tenant.trim(), form.issuer.trim(), form.scope.trim()]
    engine.call('oauth.setClient', { provider, clientId, tenant, secret }).then(
      () => onOk(provider === otherProvider ? { provider, issuer, scope, clientId, tenant } : oauthOf(provider)),
      (reason: unknown) => {
        setBusy(false)
        setError(toErrorInfo(reason))
      },
    )
  }
  return { save, isBusy, error }
}
