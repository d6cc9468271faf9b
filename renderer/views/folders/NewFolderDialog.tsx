import { useState } from 'react'
import type { FolderId } from '../../../shared/domain/ids.ts'
import type { FolderPlace } from '../../commands/target.ts'
import { useServices } from '../../live/services.tsx'
import { useFolders } from '../../live/use-live.ts'
import { folderText as text } from '../../text/folders.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { FolderTree, useChoice } from './FolderTree.tsx'
import type { Place } from './folder-tree.ts'
import { isNameTaken } from './folder-names.ts'
import { useSaving } from './use-saving.ts'
import './folder-dialogs.css'

interface NewFolderDialogProps {
  /** Where it is made, unless another place is chosen. */
  readonly parent: FolderPlace
  readonly onCreated: (folder: FolderId) => void
  readonly onClose: () => void
}

/** Create Folder: a name, and the place. */
export function NewFolderDialog({ parent, onCreated, onClose }: NewFolderDialogProps) {
  const { engine } = useServices()
  const folders = useFolders() ?? []
  const [name, setName] = useState('')
  const [selected, setSelected] = useState<Place | null>(() => placeOf(parent))
  const { place } = useChoice(selected)
  const saving = useSaving()
  const typed = name.trim()
  const problem = place && isNameTaken(folders, place, typed) ? text.nameTaken(typed) : undefined
  const create = () => {
    if (!place || typed === '' || problem) return
    saving.start(async () => onCreated((await engine.call('folders.create', { ...place, name: typed })).id))
  }
  return (
    <Dialog
      title={text.createTitle}
      open
      width={26}
      height={30}
      resizable
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" disabled={!place || typed === '' || problem !== undefined || saving.isBusy} onClick={create}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <div className="folder-dialog">
        {saving.error && <ErrorReport title={text.createFailed} error={saving.error} />}
        <TextField label={text.nameLabel} value={name} onChange={setName} error={problem} maxLength={255} autoFocus />
        <p>{text.createIn}</p>
        <FolderTree selected={selected} onSelect={setSelected} onActivate={create} />
      </div>
    </Dialog>
  )
}

function placeOf({ account, parent }: FolderPlace): Place {
  if (parent !== null) return { kind: 'folder', folder: parent }
  return account === null ? { kind: 'local' } : { kind: 'account', account }
}
