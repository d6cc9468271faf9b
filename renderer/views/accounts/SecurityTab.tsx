import { useState } from 'react'
import type { PinnedCertificate } from '../../../shared/domain/certificate.ts'
import { certificateText, securityTabText as text } from '../../text/certificates.ts'
import { words } from '../../text/widgets.ts'
import { Button } from '../../widgets/Button.tsx'
import { DataTable } from '../../widgets/DataTable.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { CertificateFacts } from '../certificates/CertificateFacts.tsx'
import '../certificates/certificates.css'
import { AuthorityGroup } from './AuthorityGroup.tsx'
import { ClientCertificateGroup } from './ClientCertificateGroup.tsx'
import { Lockable } from './Lockable.tsx'
import type { TabProps } from './tab-props.ts'

/** Whom the account trusts beside whom the computer trusts, and what it shows of itself. */
export function SecurityTab(props: TabProps) {
  return (
    <>
      <Lockable path="trust">
        <AcceptedCertificates {...props} />
        <AuthorityGroup {...props} />
      </Lockable>
      <ClientCertificateGroup {...props} />
    </>
  )
}

const columns = [
  { id: 'server', label: text.columns.server, width: 'minmax(8rem, 3fr)', cell: ({ pin }: PinRow) => pin.server || text.anyServer },
  { id: 'subject', label: text.columns.subject, width: 'minmax(6rem, 3fr)', cell: ({ pin }: PinRow) => pin.facts?.subject ?? text.unknown },
  { id: 'since', label: text.columns.since, width: 'minmax(6rem, 2fr)', cell: ({ pin }: PinRow) => acceptedText(pin, text.preset) },
]

interface PinRow {
  readonly id: string
  readonly pin: PinnedCertificate
}

const acceptedText = ({ since }: PinnedCertificate, withPreset: string) => (since === null ? withPreset : certificateText.acceptedOn(since))

function AcceptedCertificates({ form, dispatch }: TabProps) {
  const { certificates } = form.settings.trust
  const rows = certificates.map((pin) => ({ id: `${pin.fingerprint}-${pin.server}`.replaceAll(/[^\w-]/g, '_'), pin }))
  const [selected, setSelected] = useState<string | null>(null)
  const [isViewing, setViewing] = useState(false)
  const row = rows.find(({ id }) => id === selected) ?? rows[0]
  const remove = () => dispatch({ type: 'trust', change: { certificates: certificates.filter((pin) => pin !== row?.pin) } })
  return (
    <FormGroup title={text.trusted}>
      <p className="properties-note">{text.trustedNote}</p>
      <div className="security-pins">
        <DataTable<PinRow>
          label={text.trusted}
          columns={columns}
          rows={rows}
          selected={row?.id ?? null}
          onSelect={setSelected}
          onActivate={() => setViewing(true)}
          empty={text.none}
          autoFocus
        />
      </div>
      <div className="security-buttons">
        <Button disabled={!row} onClick={() => setViewing(true)}>
          {text.view}
        </Button>
        <Button disabled={!row} onClick={remove}>
          {text.remove}
        </Button>
      </div>
      {isViewing && row && <PinView pin={row.pin} onClose={() => setViewing(false)} />}
    </FormGroup>
  )
}

function PinView({ pin, onClose }: { readonly pin: PinnedCertificate; readonly onClose: () => void }) {
  return (
    <Dialog
      title={certificateText.viewTitle}
      open
      width={34}
      onClose={onClose}
      footer={
        <Button kind="primary" autoFocus onClick={onClose}>
          {words.ok}
        </Button>
      }
    >
      <CertificateFacts
        fingerprint={pin.fingerprint}
        facts={pin.facts}
        server={pin.server || text.anyServer}
        accepted={acceptedText(pin, certificateText.withPreset)}
      />
    </Dialog>
  )
}
