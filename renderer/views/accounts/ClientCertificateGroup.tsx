import { useState } from 'react'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { securityTabText as text } from '../../text/certificates.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { toBase64 } from '../compose/upload-file.ts'
import type { ChosenCertificate } from './account-form.ts'
import type { TabProps } from './tab-props.ts'
import { useFilePicker } from './use-file-picker.tsx'

/** The certificate that we show to servers; its key goes to the secrets when the dialog is closed with OK. */
export function ClientCertificateGroup({ form, dispatch }: TabProps) {
  const { clientCertificate } = form.settings.trust
  const [file, setFile] = useState<File>()
  const picker = useFilePicker('.p12,.pfx,.pem', setFile)
  return (
    <FormGroup title={text.client}>
      <p className="properties-note">{text.clientNote}</p>
      <div className="properties-row">
        <span>
          {clientCertificate
            ? text.clientKept(clientCertificate.subject, clientCertificate.issuer, clientCertificate.validTo)
            : text.clientNone}
        </span>
        <span className="security-buttons">
          <Button onClick={picker.choose}>{text.chooseClient}</Button>
          <Button disabled={!clientCertificate} onClick={() => dispatch({ type: 'clientCertificate', value: null })}>
            {text.removeClient}
          </Button>
        </span>
      </div>
      {picker.input}
      {file && (
        <PassphraseDialog
          file={file}
          onClose={() => setFile(undefined)}
          onRead={(value) => {
            setFile(undefined)
            dispatch({ type: 'clientCertificate', value })
          }}
        />
      )}
    </FormGroup>
  )
}

interface PassphraseProps {
  readonly file: File
  readonly onClose: () => void
  readonly onRead: (certificate: ChosenCertificate) => void
}

function PassphraseDialog({ file, onClose, onRead }: PassphraseProps) {
  const { engine } = useServices()
  const [passphrase, setPassphrase] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const read = async () => {
    setBusy(true)
    try {
      const base64 = toBase64(new Uint8Array(await file.arrayBuffer()))
      onRead({ base64, passphrase, facts: await engine.call('trust.readClientCertificate', { base64, passphrase }) })
    } catch (error) {
      setProblem(text.readFailed(toErrorInfo(error).message))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={text.passphraseTitle}
      open
      width={28}
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" disabled={isBusy} onClick={() => void read()}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <p>{text.passphrasePrompt(file.name)}</p>
      <TextField
        label={text.passphrase}
        type="password"
        value={passphrase}
        hint={text.passphraseHint}
        error={problem}
        onChange={(value) => {
          setPassphrase(value)
          setProblem(undefined)
        }}
        autoComplete="off"
        maxLength={4096}
        autoFocus
      />
    </Dialog>
  )
}
