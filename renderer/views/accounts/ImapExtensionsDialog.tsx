import { useState } from 'react'
import { type ImapExtension, imapExtensions } from '../../../shared/domain/account.ts'
import { extensionNames, imapTabText as text } from '../../text/imap-tab.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'

interface ImapExtensionsDialogProps {
  readonly switchedOff: readonly ImapExtension[]
  readonly onChange: (switchedOff: readonly ImapExtension[]) => void
  readonly onClose: () => void
}

/** What of a server's capabilities is used (C7). */
export function ImapExtensionsDialog({ switchedOff, onChange, onClose }: ImapExtensionsDialogProps) {
  const [off, setOff] = useState<ReadonlySet<ImapExtension>>(new Set(switchedOff))
  const use = (name: ImapExtension, isUsed: boolean) =>
    setOff(new Set(imapExtensions.filter((each) => (each === name ? !isUsed : off.has(each)))))
  const save = () => {
    onChange(imapExtensions.filter((name) => off.has(name)))
    onClose()
  }
  return (
    <Dialog
      title={text.advancedTitle}
      open
      width={32}
      onClose={onClose}
      footer={
        <>
          <span className="properties-start">
            <Button disabled={off.size === 0} onClick={() => setOff(new Set())}>
              {text.useAll}
            </Button>
          </span>
          <Button kind="primary" onClick={save}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <p className="properties-intro">{text.advancedIntro}</p>
      {imapExtensions.map((name) => (
        <Checkbox key={name} label={extensionNames[name]} checked={!off.has(name)} onChange={(isUsed) => use(name, isUsed)} isPlain />
      ))}
    </Dialog>
  )
}
