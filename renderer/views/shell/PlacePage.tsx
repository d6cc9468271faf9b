import { type ReactNode, useState } from 'react'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { useFolders } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
import { Button } from '../../widgets/Button.tsx'
import { DataTable } from '../../widgets/DataTable.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { folderIcon, type Place } from '../folders/folder-tree.ts'
import { SynchronizePage } from '../offline/SynchronizePage.tsx'
import { useMain } from './main-context.tsx'

/** What the places that hold no messages show: the start page, or the folders below with their counts. */
export function PlacePage({ place }: { readonly place: Exclude<Place, { kind: 'folder' }> }) {
  switch (place.kind) {
    case 'root':
      return <StartPage />
    case 'local':
      return <LocalFolders />
    case 'account':
      return <SynchronizePage key={place.account} account={place.account} />
  }
}

function StartPage() {
  const { target } = useMain()
  const folders = useFolders() ?? []
  const unread = folders.reduce((sum, folder) => (folder.role === 'inbox' ? sum + folder.unread : sum), 0)
  return (
    <section className="start-page" data-pane aria-labelledby="start-title">
      <h1 id="start-title">{mainWords.startTitle}</h1>
      <Button kind="link" icon="inbox" onClick={() => target.goToInbox()}>
        {mainWords.startUnread(unread)}
      </Button>
      <Button kind="link" icon="new-message" onClick={() => dispatch(target, 'message.new')}>
        {mainWords.startCreate}
      </Button>
      <Button kind="link" icon="person" onClick={() => dispatch(target, 'accounts.open')}>
        {mainWords.startAccounts}
      </Button>
    </section>
  )
}

function LocalFolders() {
  const { state } = useMain()
  const name = mainWords.localFolders
  const rows = (useFolders() ?? []).filter((folder) => folder.account === null)
  const [selected, setSelected] = useState<FolderId | null>(null)
  return (
    <section className="folder-table" data-pane aria-label={name}>
      <DataTable
        label={name}
        rows={rows}
        selected={selected}
        onSelect={setSelected}
        onActivate={(folder) => state.open({ kind: 'folder', folder })}
        columns={[
          {
            id: 'name',
            label: mainWords.folderColumn,
            width: 'minmax(7rem, 1fr)',
            cell: folderCell,
          },
          {
            id: 'unread',
            label: mainWords.unreadColumn,
            width: 'minmax(4.5rem, 7rem)',
            align: 'end',
            cell: (folder) => folder.unread.toLocaleString(),
          },
          {
            id: 'total',
            label: mainWords.totalColumn,
            width: 'minmax(4.5rem, 7rem)',
            align: 'end',
            cell: (folder) => folder.total.toLocaleString(),
          },
        ]}
      />
    </section>
  )
}

function folderCell(folder: Folder): ReactNode {
  return (
    <>
      <Icon name={folderIcon(folder)} />
      <span className="data-table-text">{folder.name}</span>
    </>
  )
}
