import { imapFoldersText as text } from '../../text/imap-folders.ts'
import { Icon } from '../../widgets/Icon.tsx'

interface FolderSortingProps {
  readonly isDescending: boolean
  readonly onChange: (isDescending: boolean) => void
  readonly shown: number
  readonly all: number
}

/** The head of the list: a click turns the order round. */
export function FolderSorting({ isDescending, onChange, shown, all }: FolderSortingProps) {
  return (
    <div className="folder-sorting">
      <button type="button" className="data-table-sort" onClick={() => onChange(!isDescending)}>
        {text.folder}
        <Icon name={isDescending ? 'caret-down' : 'caret-up'} />
      </button>
      <span role="status">{text.counted(shown, all)}</span>
    </div>
  )
}
