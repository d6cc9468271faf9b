import { useState } from 'react'
import type { DoctorReport } from '../../../shared/doctor/doctor.ts'
import { reportText } from '../../../shared/doctor/doctor-text.ts'
import { doctorText as text } from '../../text/doctor.ts'
import { Button } from '../../widgets/Button.tsx'
import './doctor.css'

/** The whole check as text, protocol lines included, for whoever helps. Stands at the left of a dialog's footer. */
export function CopyReport({ report }: { readonly report: DoctorReport | undefined }) {
  const [copied, setCopied] = useState<DoctorReport | undefined>()
  const copy = () => {
    if (report) void navigator.clipboard.writeText(reportText(report)).then(() => setCopied(report))
  }
  return (
    <span className="doctor-copy">
      <Button disabled={!report} onClick={copy}>
        {report && copied === report ? text.copied : text.copyAll}
      </Button>
    </span>
  )
}
