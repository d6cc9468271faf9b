import { useState } from 'react'
import type { Attachment } from '../../../shared/domain/message.ts'
import { useServices } from '../../live/services.tsx'
import { sizeText } from '../../text/format.ts'
import { mainWords } from '../../text/main.ts'
import { words } from '../../text/widgets.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { Icon, type IconName } from '../../widgets/Icon.tsx'

/** One button for each file; a click saves it. A file that could start a program asks first. */
export function Attachments({ attachments }: { readonly attachments: readonly Attachment[] }) {
  const { hostInfo } = useServices()
  const [asked, setAsked] = useState<Attachment | null>(null)
  const save = (attachment: Attachment) => {
    const link = document.createElement('a')
    link.href = hostInfo.contentBase + attachment.url
    link.download = attachment.name
    link.click()
  }
  return (
    <ul className="attachments" aria-label={mainWords.attachments}>
      {attachments.map((attachment) => {
        const size = sizeText(attachment.size)
        return (
          <li key={attachment.part}>
            <button
              type="button"
              className="attachment"
              title={mainWords.attachmentTip(attachment.name, size)}
              onClick={() => (attachment.isDangerous ? setAsked(attachment) : save(attachment))}
            >
              <Icon
                name={attachment.isDangerous ? 'alert' : iconOf(attachment.type)}
                className={attachment.isDangerous ? 'is-dangerous' : ''}
              />
              <span className="attachment-name">{attachment.name}</span>
              <span className="attachment-size">{size}</span>
            </button>
          </li>
        )
      })}
      {asked && (
        <DangerDialog
          name={asked.name}
          onCancel={() => setAsked(null)}
          onSave={() => {
            setAsked(null)
            save(asked)
          }}
        />
      )}
    </ul>
  )
}

function iconOf(type: string): IconName {
  return type.startsWith('image/') ? 'image' : 'attach'
}

interface DangerDialogProps {
  readonly name: string
  readonly onSave: () => void
  readonly onCancel: () => void
}

function DangerDialog({ name, onSave, onCancel }: DangerDialogProps) {
  return (
    <Dialog
      title={mainWords.dangerTitle}
      open
      isAlert
      width={28}
      onClose={onCancel}
      footer={
        <>
          <Button onClick={onSave}>{mainWords.saveToDisk}</Button>
          <Button kind="primary" onClick={onCancel} autoFocus>
            {words.cancel}
          </Button>
        </>
      }
    >
      <div className="danger-question">
        <Icon name="alert" className="is-dangerous" />
        <div>
          <p className="danger-what">{mainWords.dangerText(name)}</p>
          <p>{mainWords.dangerAdvice}</p>
        </div>
      </div>
    </Dialog>
  )
}
