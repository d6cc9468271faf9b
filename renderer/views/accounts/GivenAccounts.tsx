import { useEffect, useRef, useState } from 'react'
import { type ErrorInfo, MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { findText as text } from '../../text/find.ts'
import { ErrorDialog } from '../../widgets/ErrorDialog.tsx'
import { toBase64 } from '../compose/upload-file.ts'
import { ConnectionWizard } from './ConnectionWizard.tsx'
import type { PresetFile } from './wizard-start.ts'

const maxBytes = 1024 * 1024
const presetKind = /\.(?:json|xml|mobileconfig|iaf)$/i

interface Failure {
  readonly title: string
  readonly error: ErrorInfo
}

/** Accounts that come by themselves: from the organization's policy, the command line, or a preset file that is dropped on the window. */
export function GivenAccounts() {
  const [waiting, setWaiting] = useState<readonly PresetFile[]>([])
  const [failure, setFailure] = useState<Failure>()
  const take = (file: PresetFile) => setWaiting((files) => [...files, file])
  usePolicyAccounts(take, setFailure)
  useGivenPresets(take, setFailure)
  useDroppedPresets(take, setFailure)
  const [first] = waiting
  const next = () => setWaiting((files) => files.slice(1))
  return (
    <>
      {first && <ConnectionWizard key={first.name} open preset={first} onClose={next} onFinished={next} />}
      {failure && <ErrorDialog {...failure} onClose={() => setFailure(undefined)} />}
    </>
  )
}

type Take = (file: PresetFile) => void
type Fail = (failure: Failure) => void

/** Once for each start: whoever leaves the wizard is asked again the next time. */
function usePolicyAccounts(take: Take, fail: Fail): void {
  const { engine } = useServices()
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    engine.call('policy.get', {}).then(
      ({ error, waiting, organization }) => {
        if (error) fail({ title: text.policyFailed, error })
        for (const draft of waiting) take({ name: text.policyName(organization), draft })
      },
      () => undefined, // The engine is gone: the banner says so.
    )
  })
}

function useGivenPresets(take: Take, fail: Fail): void {
  const { engine, host } = useServices()
  useEffect(() => {
    const takeAll = async () => {
      for (let given = await host.call('host.takePreset', {}); given; given = await host.call('host.takePreset', {})) {
        const { name, base64 } = given
        const draft = base64 === null ? Promise.reject(unreadable(name)) : engine.call('presets.read', { base64 })
        await draft.then(
          (settings) => take({ name, draft: settings }),
          (reason: unknown) => fail(failed(reason)),
        )
      }
    }
    const start = () => void takeAll().catch(() => undefined) // The host is gone, and with it the window.
    start()
    return host.on('presetGiven', start)
    // oxlint-disable-next-line react/exhaustive-deps -- once for each connection
  }, [engine, host])
}

function useDroppedPresets(take: Take, fail: Fail): void {
  const { engine } = useServices()
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const allow = (event: DragEvent) => {
      if (!event.defaultPrevented && hasFile(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !hasFile(event)) return
      // A browser would leave the program and show the file.
      event.preventDefault()
      const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => presetKind.test(name))
      if (!file) return
      readPreset(file)
        .then((base64) => engine.call('presets.read', { base64 }))
        .then(
          (draft) => take({ name: file.name, draft }),
          (reason: unknown) => fail(failed(reason)),
        )
    }
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', drop)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- once for each connection
  }, [engine])
}

async function readPreset(file: File): Promise<string> {
  if (file.size > maxBytes) throw new MailError('bad-input', text.tooLarge)
  return toBase64(new Uint8Array(await file.arrayBuffer()))
}

const unreadable = (name: string) => new MailError('bad-input', text.unreadable(name))

function failed(reason: unknown): Failure {
  const error = toErrorInfo(reason)
  return { title: text.openFailed(error), error }
}
