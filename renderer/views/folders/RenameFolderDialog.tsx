import { type FocusEvent, useRef, useState } from 'react'
import type { Folder } from '../../../shared/domain/folder.ts'
import { useServices } from '../../live/services.tsx'
import { useFolders } from '../../live/use-live.ts'
import { folderText as text } from '../../text/folders.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { isNameTaken } from './folder-names.ts'
import { useSaving } from './use-saving.ts'
import './folder-dialogs.css'

export function RenameFolderDialog({ folder, onClose }: { readonly folder: Folder; readonly onClose: () => void }) {
  const { engine } = useServices()
  const siblings = (useFolders() ?? []).filter(({ id }) => id !== folder.id)
  const [name, setName] = useState(folder.name)
  const saving = useSaving()
  const isFresh = useRef(true)
  // A new name mostly has nothing of the old one.
  const selectAtFirst = (event: FocusEvent) => {
    if (isFresh.current && event.target instanceof HTMLInputElement) event.target.select()
    isFresh.current = false
  }
  const typed = name.trim()
  const problem = isNameTaken(siblings, folder, typed) ? text.nameTaken(typed) : undefined
  const rename = () => {
    if (typed === folder.name) return onClose()
    saving.start(async () => {
      await engine.call('folders.rename', { folder: folder.id, name: typed })
      onClose()
    })
  }
  return (
    <Dialog
      title={text.renameTitle}
      open
      width={26}
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" disabled={typed === '' || problem !== undefined || saving.isBusy} onClick={rename}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <div className="folder-dialog folder-rename" onFocus={selectAtFirst}>
        {saving.error && <ErrorReport title={text.renameFailed} error={saving.error} />}
        <TextField label={text.nameLabel} value={name} onChange={setName} error={problem} maxLength={255} autoFocus />
      </div>
    </Dialog>
  )
}
