import { holdsMail } from '../../commands/folder-facts.ts'
import { useAccounts } from '../../live/use-live.ts'
import { useObservable } from '../../live/observable.ts'
import { mainWords } from '../../text/main.ts'
import { Icon, type IconName } from '../../widgets/Icon.tsx'
import { useMain, useOpenFolder } from '../shell/main-context.tsx'
import { folderIcon } from './folder-tree.ts'
import { SearchBox } from './SearchBox.tsx'
import './folders.css'

/** The band with the name of what is open, its counts, and the search box. */
export function FolderBar() {
  const folder = useOpenFolder()
  const heading = useHeading()
  const shown = folder && holdsMail(folder) ? folder : null
  return (
    <div className="folder-bar">
      <Icon name={heading.icon} className="folder-bar-icon" />
      <h1 className="folder-bar-name">{heading.name}</h1>
      {shown && <span className="folder-bar-counts">{mainWords.folderCounts(shown.total, shown.unread)}</span>}
      {shown && <SearchBox folder={shown} />}
    </div>
  )
}

function useHeading(): { readonly name: string; readonly icon: IconName } {
  const { state } = useMain()
  const place = useObservable(state.place)
  const folder = useOpenFolder()
  const accounts = useAccounts()
  if (folder) return { name: folder.name, icon: folderIcon(folder) }
  if (place?.kind === 'local') return { name: mainWords.localFolders, icon: 'folder' }
  if (place?.kind === 'account') return { name: accounts?.find((each) => each.id === place.account)?.name ?? '', icon: 'cloud' }
  return { name: mainWords.root, icon: 'mail-all' }
}
