import { useState } from 'react'
import type { Settings } from '../../../shared/domain/settings.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { useSettings } from '../../live/use-live.ts'
import { optionsText as text } from '../../text/options.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Tabs } from '../../widgets/Tabs.tsx'
import { GeneralOptions } from './GeneralOptions.tsx'
import { useLockedOptions } from './locked-options.ts'
import { MaintenanceOptions } from './MaintenanceOptions.tsx'
import type { OptionsPage } from './options-page.ts'
import { ReadOptions } from './ReadOptions.tsx'
import { SendOptions } from './SendOptions.tsx'
import './options.css'

type TabId = keyof typeof text.tabs

/** Tools > Options. Nothing changes before OK or Apply. */
export function OptionsDialog({ onClose }: { readonly onClose: () => void }) {
  const settings = useSettings()
  return settings && <OpenOptions settings={settings} onClose={onClose} />
}

function OpenOptions({ settings, onClose }: { readonly settings: Settings; readonly onClose: () => void }) {
  const [tab, setTab] = useState<TabId>('general')
  const { changes, change, save, isBusy, error } = useChanges(settings)
  const locked = useLockedOptions()
  const page: OptionsPage = { options: { ...settings, ...changes }, change, locked }
  const hasChanges = Object.keys(changes).length > 0
  const confirm = async () => {
    if (await save()) onClose()
  }
  return (
    <Dialog
      title={text.title}
      open
      width={32}
      height={29}
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" disabled={isBusy} onClick={() => void confirm()}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button disabled={!hasChanges || isBusy} onClick={() => void save()}>
            {text.apply}
          </Button>
        </>
      }
    >
      <div className="options">
        {error && (
          <div className="options-error">
            <ErrorReport title={text.failed} error={error} />
          </div>
        )}
        <Tabs
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'general', label: text.tabs.general, content: <GeneralOptions {...page} /> },
            { id: 'read', label: text.tabs.read, content: <ReadOptions {...page} /> },
            { id: 'send', label: text.tabs.send, content: <SendOptions {...page} /> },
            { id: 'maintenance', label: text.tabs.maintenance, content: <MaintenanceOptions {...page} /> },
          ]}
        />
      </div>
    </Dialog>
  )
}

/** Only what was changed here is saved: another window may have changed the rest meanwhile. */
function useChanges(settings: Settings) {
  const { engine } = useServices()
  const [changes, setChanges] = useState<Partial<Settings>>({})
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo | undefined>()
  const change: OptionsPage['change'] = (part) => {
    const all = { ...changes, ...part }
    setChanges(Object.fromEntries(Object.entries(all).filter(([key, value]) => settings[key as keyof Settings] !== value)))
  }
  const save = async (): Promise<boolean> => {
    if (Object.keys(changes).length === 0) return true
    setBusy(true)
    setError(undefined)
    try {
      await engine.call('settings.set', changes)
      setChanges({})
      return true
    } catch (reason) {
      setError(toErrorInfo(reason))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { changes, change, save, isBusy, error }
}
