import { useMemo, useState } from 'react'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts, useFolders } from '../../live/use-live.ts'
import { folderText } from '../../text/folders.ts'
import { imapFoldersText as text } from '../../text/imap-folders.ts'
import { mainWords } from '../../text/main.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import { Tabs } from '../../widgets/Tabs.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { useSaving } from '../folders/use-saving.ts'
import { AccountStrip } from './AccountStrip.tsx'
import { DownloadState } from './DownloadState.tsx'
import { FolderChecklist } from './FolderChecklist.tsx'
import { FolderSorting } from './FolderSorting.tsx'
import { canTick, filteredRows, folderRows, isTicked, type Ticks, tickedChanges, withTicks } from './folder-rows.ts'
import { nothingSelected, type RowSelection } from './row-selection.ts'
import { useFolderList } from './use-folder-list.ts'
import './imap-folders.css'

interface ImapFoldersDialogProps {
  /** null: of the first account. */
  readonly account: AccountId | null
  /** Without it there is no Go to. */
  readonly onGoTo: ((folder: FolderId) => void) | undefined
  readonly onClose: () => void
}

const noFolders: readonly Folder[] = []

/** Show/Hide IMAP Folders: what is chosen takes effect on OK, for all accounts at once. */
export function ImapFoldersDialog({ account: wanted, onGoTo, onClose }: ImapFoldersDialogProps) {
  const { engine } = useServices()
  const accounts = (useAccounts() ?? []).filter(({ protocol }) => protocol === 'imap')
  const [chosen, setChosen] = useState(wanted)
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0]
  const folders = useFolders() ?? noFolders
  const [ticks, setTicks] = useState<Ticks>(new Map())
  const [tab, setTab] = useState<'all' | 'visible'>('all')
  const [filter, setFilter] = useState('')
  const [isDescending, setDescending] = useState(false)
  const [selection, setSelection] = useState<RowSelection>(nothingSelected)
  const list = useFolderList(account?.id ?? null)
  const saving = useSaving()

  const rows = useMemo(
    () =>
      folderRows(
        folders.filter((folder) => folder.account === account?.id),
        isDescending,
      ),
    [folders, account?.id, isDescending],
  )
  const shown = useMemo(() => filteredRows(rows, { text: filter, onlyVisible: tab === 'visible', ticks }), [rows, filter, tab, ticks])
  // What the filter has taken away is not acted on.
  const selected = shown.filter(({ folder }) => selection.ids.has(folder.id)).map(({ folder }) => folder)
  const changeable = selected.filter(canTick)
  const tick = (wish: boolean) => setTicks(withTicks(ticks, changeable, wish))
  const toggle = () => tick(!changeable.every((folder) => isTicked(folder, ticks)))
  const save = (then: () => void, changes = tickedChanges(ticks)) =>
    saving.start(async () => {
      if (changes.show.length + changes.hide.length > 0) await engine.call('folders.setShown', changes)
      then()
    })
  const [only] = selected
  const goTo = () => {
    if (!only || selected.length !== 1 || !onGoTo) return
    const next = withTicks(ticks, [only], true)
    save(() => {
      onClose()
      onGoTo(only.id)
    }, tickedChanges(next))
  }
  if (!account) return undefined
  const content = (
    <div className="imap-folders-list">
      <FolderSorting
        isDescending={isDescending}
        onChange={setDescending}
        shown={rows.filter(({ folder }) => isTicked(folder, ticks)).length}
        all={rows.length}
      />
      <FolderChecklist
        label={text.list(account.name)}
        rows={shown}
        ticks={ticks}
        selection={selection}
        isFiltered={filter.trim() !== '' || tab === 'visible'}
        onSelect={setSelection}
        onToggle={toggle}
        empty={rows.length === 0 ? text.noFolders : filter.trim() !== '' ? text.nothingFound : text.nothingVisible}
      />
      <DownloadState account={account.name} download={list.download} onStop={list.stop} onRetry={list.fetch} />
    </div>
  )
  return (
    <Dialog
      title={text.title}
      open
      width={accounts.length > 1 ? 46 : 36}
      height={33}
      resizable
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" disabled={saving.isBusy} onClick={() => save(onClose)}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <div className="imap-folders">
        {accounts.length > 1 && <AccountStrip accounts={accounts} selected={account.id} onSelect={setChosen} />}
        <div className="imap-folders-main">
          {saving.error && <ErrorReport title={text.saveFailed} error={saving.error} />}
          <TextField label={text.filter} value={filter} onChange={setFilter} autoFocus />
          <Tabs
            value={tab}
            onChange={setTab}
            tabs={[
              { id: 'all', label: text.all, content: tab === 'all' && content },
              { id: 'visible', label: text.visible, content: tab === 'visible' && content },
            ]}
          />
        </div>
        <div className="imap-folders-buttons">
          <Button disabled={changeable.every((folder) => isTicked(folder, ticks))} onClick={() => tick(true)}>
            {text.show}
          </Button>
          <Button disabled={!changeable.some((folder) => isTicked(folder, ticks))} onClick={() => tick(false)}>
            {text.hide}
          </Button>
          <Button disabled={list.download.state === 'running'} onClick={list.fetch}>
            {text.reset}
          </Button>
          {onGoTo && (
            <Button disabled={selected.length !== 1 || saving.isBusy} onClick={goTo}>
              {text.goTo}
            </Button>
          )}
        </div>
      </div>
      {list.download.state === 'asking' && (
        <QuestionDialog
          question={mainWords.goOnlineQuestion}
          answers={[
            { id: 'yes', label: folderText.yes },
            { id: 'no', label: folderText.no },
          ]}
          onAnswer={(answer) => (answer === 'yes' ? list.goOnline() : list.stop())}
          onClose={list.stop}
        />
      )}
    </Dialog>
  )
}
