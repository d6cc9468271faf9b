import type { Folder } from '../../../shared/domain/folder.ts'
import { contentPage, folderText } from '../../text/folders.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { folderIcon } from './folder-tree.ts'

/** A folder without mail says what it is, instead of showing what would look like broken mail. */
export function FolderPage({ folder }: { readonly folder: Folder }) {
  const { content } = folder
  return (
    <section className="empty-page folder-page" data-pane tabIndex={-1} aria-labelledby="folder-page-title">
      <Icon name={folderIcon(folder)} className="empty-page-icon" />
      <h1 id="folder-page-title">{content === 'mail' ? folderText.onlyFolders : contentPage[content]}</h1>
      <p>{content === 'mail' ? folderText.onlyFoldersHint : folderText.contentHint}</p>
    </section>
  )
}
