import { useEffect, useState } from 'react'
import type { EngineInfo } from '../../../shared/contract/engine-contract.ts'
import { useServices } from '../../live/services.tsx'
import { mainWords } from '../../text/main.ts'
import { words } from '../../text/widgets.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import './dialogs.css'

export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useServices()
  const [info, setInfo] = useState<EngineInfo | null>(null)
  useEffect(() => {
    // Without an answer the dialog simply says less.
    engine.call('engine.info', {}).then(setInfo, () => undefined)
  }, [engine])
  return (
    <Dialog
      title={mainWords.about}
      open
      width={26}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose} autoFocus>
          {words.ok}
        </Button>
      }
    >
      <div className="about">
        <Icon name="mail-all" />
        <div>
          <h2>{mainWords.product}</h2>
          <p>{mainWords.aboutText}</p>
          {info && <p className="selectable">{mainWords.version(info.version)}</p>}
          <p className="about-small">
            {info && mainWords.aboutParts(info.node, info.sqlite)}
            <br />
            {mainWords.icons}
          </p>
        </div>
      </div>
    </Dialog>
  )
}
