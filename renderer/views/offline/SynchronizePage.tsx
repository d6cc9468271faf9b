import { useMemo, useState } from 'react'
import type { Folder, FolderSync, OfflineState } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { attempt, dispatch } from '../../commands/dispatch.ts'
import { holdsMail } from '../../commands/folder-facts.ts'
import { useAccounts, useFolderMap, useRuns } from '../../live/use-live.ts'
import { useOfflineStates } from '../../live/use-offline-states.ts'
import { syncNames } from '../../text/folders.ts'
import { sizeText } from '../../text/format.ts'
import { offlineText as text } from '../../text/offline.ts'
import { Button } from '../../widgets/Button.tsx'
import { type DataColumn, DataTable } from '../../widgets/DataTable.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { MenuButton } from '../../widgets/MenuButton.tsx'
import type { MenuData } from '../../widgets/menu-data.ts'
import { folderIcon, shownFolders } from '../folders/folder-tree.ts'
import { useMain } from '../shell/main-context.tsx'
import './offline.css'

interface SyncRow {
  readonly id: FolderId
  readonly folder: Folder
  readonly level: number
  readonly state: OfflineState | undefined
}

/** An IMAP account itself: what is here of its folders, and what Synchronize does with each. */
export function SynchronizePage({ account }: { readonly account: AccountId }) {
  const { state, target } = useMain()
  const name = useAccounts()?.find(({ id }) => id === account)?.name ?? ''
  const folders = useFolderMap()
  const states = useOfflineStates(account)
  const isRunning = useRuns().some((run) => !run.isFinished && run.isForeground)
  const rows = useMemo(() => syncRows(folders?.values() ?? [], account, states), [folders, account, states])
  const [chosen, setChosen] = useState<FolderId | null>(null)
  const selected = rows.find(({ id }) => id === chosen)
  const setSync = (folder: Folder, sync: FolderSync) =>
    attempt(target, text.changeFailed, async () => void (await target.engine.call('folders.setSync', { folders: [folder.id], sync })))
  const toggle = (folder: Folder) => setSync(folder, folder.sync === 'none' ? 'new' : 'none')
  const settings = (['none', 'headers', 'new', 'all'] as const).map(
    (sync): MenuData => ({
      kind: 'item',
      id: sync,
      text: syncNames[sync],
      checked: selected?.folder.sync === sync,
      disabled: !selected || !holdsMail(selected.folder),
      onSelect: () => selected && setSync(selected.folder, sync),
    }),
  )
  return (
    <section className="sync-page" data-pane aria-labelledby="sync-title">
      <div className="sync-head">
        <h1 id="sync-title">{text.heading(name)}</h1>
        <p>{text.hint}</p>
        <div className="sync-buttons">
          <Button icon="send-receive" disabled={isRunning} onClick={() => dispatch(target, 'sync.account')}>
            {text.synchronize}
          </Button>
          <Button icon="folder-list" onClick={() => dispatch(target, 'imap.folders')}>
            {text.imapFolders}
          </Button>
          <MenuButton label={text.settings} items={settings} opensBelow />
        </div>
      </div>
      <DataTable
        label={text.heading(name)}
        rows={rows}
        columns={columnsFor(toggle)}
        selected={selected?.id ?? null}
        onSelect={setChosen}
        onActivate={(folder) => state.open({ kind: 'folder', folder })}
        onToggle={() => selected && holdsMail(selected.folder) && toggle(selected.folder)}
        empty={text.noFolders}
      />
    </section>
  )
}

function syncRows(folders: Iterable<Folder>, account: AccountId, states: ReadonlyMap<FolderId, OfflineState> | null): readonly SyncRow[] {
  const own = [...folders].filter((folder) => folder.account === account)
  return shownFolders(own).map(({ folder, level }) => ({ id: folder.id, folder, level, state: states?.get(folder.id) }))
}

function columnsFor(onToggle: (folder: Folder) => void): readonly DataColumn<SyncRow>[] {
  const count = (pick: (folder: Folder) => number) => (row: SyncRow) => (holdsMail(row.folder) ? pick(row.folder).toLocaleString() : '')
  return [
    {
      id: 'name',
      label: text.folder,
      width: 'minmax(9rem, 1.4fr)',
      cell: ({ folder, level }) => (
        <span className="sync-folder" style={{ marginInlineStart: `${level}rem` }}>
          <Icon name={folderIcon(folder)} />
          <span className={holdsMail(folder) ? 'data-table-text' : 'data-table-text folder-muted'} title={folder.name}>
            {folder.name}
          </span>
        </span>
      ),
    },
    { id: 'unread', label: text.unread, width: 'minmax(3.5rem, 5rem)', align: 'end', cell: count(({ unread }) => unread) },
    { id: 'total', label: text.total, width: 'minmax(3.5rem, 5rem)', align: 'end', cell: count(({ total }) => total) },
    { id: 'here', label: text.here, width: 'minmax(7rem, 1fr)', cell: ({ folder, state }) => (holdsMail(folder) ? hereText(state) : '') },
    {
      id: 'setting',
      label: text.setting,
      width: 'minmax(10rem, 1fr)',
      cell: ({ folder }) =>
        holdsMail(folder) && (
          <>
            <input
              type="checkbox"
              className="sync-check"
              tabIndex={-1}
              checked={folder.sync !== 'none'}
              aria-label={text.synchronizes(folder.name)}
              onChange={() => onToggle(folder)}
            />
            <span className="data-table-text">{syncNames[folder.sync]}</span>
          </>
        ),
    },
  ]
}

function hereText(state: OfflineState | undefined): string {
  if (!state || state.messages === 0) return ''
  if (state.bodies === state.messages) return text.allHere
  if (state.bodies === 0) return text.noneHere
  return text.someHere(state.bodies, state.messages, sizeText(state.missingBytes))
}
