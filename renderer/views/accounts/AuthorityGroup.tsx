import { useState } from 'react'
import { securityTabText as text } from '../../text/certificates.ts'
import { Button } from '../../widgets/Button.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import type { TabProps } from './tab-props.ts'
import { useFilePicker } from './use-file-picker.tsx'

const maxBytes = 200_000

/** A certificate authority of one's own, from a PEM file. */
export function AuthorityGroup({ form, dispatch }: TabProps) {
  const { ca } = form.settings.trust
  const [problem, setProblem] = useState<string>()
  const picker = useFilePicker('.pem,.crt,.cer', async (file) => {
    const content = file.size > maxBytes ? undefined : await file.text()
    const isPem = content?.includes('-----BEGIN CERTIFICATE-----')
    setProblem(content === undefined ? text.tooLarge : isPem ? undefined : text.notPem)
    if (content !== undefined && isPem) dispatch({ type: 'trust', change: { ca: content } })
  })
  return (
    <FormGroup title={text.authority}>
      <p className="properties-note">{text.authorityNote}</p>
      <div className="properties-row">
        <span>{ca === null ? text.authorityNone : text.authorityKept(ca.split('-----BEGIN CERTIFICATE-----').length - 1)}</span>
        <span className="security-buttons">
          <Button onClick={picker.choose}>{text.chooseAuthority}</Button>
          <Button disabled={ca === null} onClick={() => dispatch({ type: 'trust', change: { ca: null } })}>
            {text.removeAuthority}
          </Button>
        </span>
      </div>
      {problem && (
        <p className="field-error properties-mistake" role="alert">
          {problem}
        </p>
      )}
      {picker.input}
    </FormGroup>
  )
}
