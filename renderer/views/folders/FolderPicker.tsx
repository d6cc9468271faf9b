import { useState } from 'react'
import type { FolderPicking } from '../../commands/target.ts'
import { useFolderMap } from '../../live/use-live.ts'
import { folderText as text } from '../../text/folders.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { FolderTree, useChoice } from './FolderTree.tsx'
import type { Place } from './folder-tree.ts'
import { NewFolderDialog } from './NewFolderDialog.tsx'
import './folder-dialogs.css'

interface FolderPickerProps {
  readonly picking: FolderPicking
  readonly onPick: (work: () => void | Promise<void>) => void
  readonly onClose: () => void
}

/** Asks for a folder, which may be made on the way. */
export function FolderPicker({ picking, onPick, onClose }: FolderPickerProps) {
  const folders = useFolderMap()
  const start = picking.start !== null && folders?.has(picking.start) ? picking.start : null
  const [selected, setSelected] = useState<Place | null>(start === null ? { kind: 'local' } : { kind: 'folder', folder: start })
  const [isCreating, setCreating] = useState(false)
  const { place, folder } = useChoice(selected)
  const isFit = place !== null && (folder !== null || picking.withRoots) && picking.accepts(place, folder)
  const pick = () => isFit && onPick(() => picking.onPick(place))
  return (
    <Dialog
      title={picking.title}
      open
      width={26}
      height={30}
      resizable
      onClose={onClose}
      footer={
        <>
          <span className="folder-dialog-start">
            <Button disabled={place === null} onClick={() => setCreating(true)}>
              {text.newFolder}
            </Button>
          </span>
          <Button kind="primary" disabled={!isFit} onClick={pick}>
            {picking.button}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <div className="folder-dialog">
        <p>{picking.prompt}</p>
        <FolderTree selected={selected} onSelect={setSelected} withHidden={picking.withHidden} onActivate={pick} autoFocus />
      </div>
      {isCreating && place && (
        <NewFolderDialog
          parent={place}
          onCreated={(id) => {
            setCreating(false)
            setSelected({ kind: 'folder', folder: id })
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </Dialog>
  )
}
