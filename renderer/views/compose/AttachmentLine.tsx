import type { DraftAttachment } from '../../../shared/domain/draft.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import { composeText as text } from '../../text/compose.ts'
import { sizeText } from '../../text/format.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { ProgressBar } from '../../widgets/Spinner.tsx'
import type { Upload } from './compose-state.ts'

interface AttachmentLineProps {
  readonly attachments: readonly DraftAttachment[]
  readonly uploads: readonly Upload[]
  readonly onRemove: (index: number) => void
  readonly onDrop: (key: number) => void
}

/** Appears with the first attachment: each with its size and a way to take it out again. */
export function AttachmentLine({ attachments, uploads, onRemove, onDrop }: AttachmentLineProps) {
  if (attachments.length === 0 && uploads.length === 0) return undefined
  return (
    <div className="compose-attachments">
      <span className="compose-attach-label" id="compose-attach">
        {text.attach}
      </span>
      <ul aria-labelledby="compose-attach">
        {attachments.map((attachment, index) => (
          // Two attachments may be alike in everything; their place tells them apart.
          <li key={`${index}-${attachment.name}`} className="attachment-chip">
            <Icon name="document" />
            <span className="attachment-name" title={attachment.name}>
              {attachment.name}
            </span>
            <span className="attachment-size">{sizeText(attachment.size)}</span>
            <RemoveButton name={attachment.name} onClick={() => onRemove(index)} />
          </li>
        ))}
        {uploads.map((upload) => (
          <UploadChip key={upload.key} upload={upload} onDrop={() => onDrop(upload.key)} />
        ))}
      </ul>
    </div>
  )
}

function UploadChip({ upload, onDrop }: { readonly upload: Upload; readonly onDrop: () => void }) {
  const { name, size, done, error } = upload
  return (
    <li className={error ? 'attachment-chip attachment-failed' : 'attachment-chip'}>
      <Icon name={error ? 'error' : 'document'} />
      {error ? (
        <span className="attachment-problem" role="alert">
          {text.notAdded(name, errorText(error).why)}
        </span>
      ) : (
        <>
          <span className="attachment-name" title={name}>
            {name}
          </span>
          <span className="attachment-progress">
            <ProgressBar label={text.uploading(name)} done={done} total={size} />
          </span>
        </>
      )}
      <RemoveButton name={name} onClick={onDrop} />
    </li>
  )
}

function RemoveButton({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  const label = text.removeAttachment(name)
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name="close" />
    </button>
  )
}
