import { useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts } from '../../live/use-live.ts'
import { accountsText as text } from '../../text/accounts.ts'
import { findText } from '../../text/find.ts'
import { Button } from '../../widgets/Button.tsx'
import { DataTable } from '../../widgets/DataTable.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorDialog } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { MenuButton } from '../../widgets/MenuButton.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import { Tabs } from '../../widgets/Tabs.tsx'
import { AccountProperties } from './AccountProperties.tsx'
import { type AccountRow, accountRows, type AccountSort } from './account-rows.ts'
import { ConnectionWizard } from './ConnectionWizard.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { FolderDownload } from './FolderDownload.tsx'
import { usePresetFile } from './use-preset-file.tsx'
import type { PresetFile } from './wizard-start.ts'
import './accounts-dialog.css'

interface AccountsDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** Internet Accounts: every action takes effect at once. */
export function AccountsDialog({ open, onClose }: AccountsDialogProps) {
  const accounts = useAccounts()
  const [added, setAdded] = useState<readonly AccountId[]>([])
  const [isAsking, setAsking] = useState(false)
  const withoutFolders = (accounts ?? []).filter(({ id, protocol, practice }) => protocol === 'imap' && !practice && added.includes(id))
  const close = () => (withoutFolders.length > 0 ? setAsking(true) : onClose())
  const done = () => {
    setAsking(false)
    setAdded([])
    onClose()
  }
  if (!open || !accounts) return undefined
  if (isAsking) return <FolderDownload accounts={withoutFolders} onDone={done} />
  return <AccountList accounts={accounts} onClose={close} onAdded={(ids) => setAdded([...added, ...ids])} />
}

interface AccountListProps {
  readonly accounts: readonly Account[]
  readonly onClose: () => void
  readonly onAdded: (accounts: readonly AccountId[]) => void
}

type SubDialog = 'wizard' | 'properties' | 'remove' | 'export'

function AccountList({ accounts, onClose, onAdded }: AccountListProps) {
  const [tab, setTab] = useState<'all' | 'mail'>('all')
  const [sort, setSort] = useState<AccountSort>({ column: 'name', descending: false })
  const [selected, setSelected] = useState<AccountId | null>(null)
  const [subDialog, setSubDialog] = useState<SubDialog | undefined>()
  const rows = accountRows(accounts, sort)
  // The default account until another one is chosen, and again once that one is removed: the buttons always have something to act on.
  const account = accounts.find(({ id }) => id === selected) ?? accounts.find(({ isDefault }) => isDefault) ?? accounts[0]
  const actions = useActions(account)
  const [imported, setImported] = useState<PresetFile | undefined>()
  const presetFile = usePresetFile({
    onOpened: (file) => {
      setImported(file)
      setSubDialog('wizard')
    },
    onFailed: (error) => actions.fail(findText.importFailed(error), error),
  })
  const add = () => {
    setImported(undefined)
    setSubDialog('wizard')
  }
  const onSort = (column: string) => {
    if (column !== 'name' && column !== 'type' && column !== 'connection') return
    setSort({ column, descending: column === sort.column && !sort.descending })
  }
  const list = (
    <div className="accounts">
      <DataTable<AccountRow>
        label={text.list}
        columns={columns}
        rows={rows}
        selected={account?.id ?? null}
        onSelect={setSelected}
        onActivate={() => setSubDialog('properties')}
        autoFocus
        sort={sort}
        onSort={onSort}
        empty={text.empty}
      />
      <div className="accounts-buttons">
        <MenuButton label={text.add} items={[{ kind: 'item', id: 'mail', text: text.addMail, icon: 'mail', onSelect: add }]} />
        <Button disabled={!account} onClick={() => setSubDialog('remove')}>
          {text.remove}
        </Button>
        <Button disabled={!account} onClick={() => setSubDialog('properties')}>
          {text.properties}
        </Button>
        <Button disabled={!account || account.isDefault} onClick={actions.setDefault}>
          {text.setDefault}
        </Button>
        <Button onClick={presetFile.choose}>{findText.import}</Button>
        <Button disabled={!account || account.practice} onClick={() => setSubDialog('export')}>
          {findText.export}
        </Button>
      </div>
    </div>
  )
  return (
    <Dialog
      title={text.title}
      open
      width={36}
      height={24}
      resizable
      onClose={onClose}
      footer={<Button onClick={onClose}>{text.close}</Button>}
    >
      <Tabs
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'all', label: text.tabs.all, content: list },
          { id: 'mail', label: text.tabs.mail, content: list },
        ]}
      />
      <ConnectionWizard
        open={subDialog === 'wizard'}
        asksForFolders={false}
        preset={imported}
        onClose={() => setSubDialog(undefined)}
        onFinished={(ids) => {
          setSubDialog(undefined)
          setSelected(ids[0] ?? selected)
          onAdded(ids)
        }}
      />
      {presetFile.picker}
      {account && subDialog === 'export' && <ExportDialog account={account} onClose={() => setSubDialog(undefined)} />}
      {account && subDialog === 'properties' && <AccountProperties account={account} onClose={() => setSubDialog(undefined)} />}
      {account && subDialog === 'remove' && (
        <QuestionDialog
          question={text.removeQuestion(account.name)}
          note={text.removeNote[account.protocol]}
          answers={[
            { id: 'yes', label: text.yes },
            { id: 'no', label: text.no },
          ]}
          onAnswer={(answer) => {
            setSubDialog(undefined)
            if (answer === 'yes') actions.remove()
          }}
          onClose={() => setSubDialog(undefined)}
        />
      )}
      {actions.failure && <ErrorDialog {...actions.failure} onClose={actions.forgetFailure} />}
    </Dialog>
  )
}

const columns = [
  {
    id: 'name',
    label: text.columns.account,
    width: 'minmax(8rem, 2fr)',
    cell: (row: AccountRow) => (
      <>
        <Icon name="mail" />
        <span className="accounts-name" title={row.name}>
          {row.name}
        </span>
      </>
    ),
  },
  { id: 'type', label: text.columns.type, width: 'minmax(6rem, 1fr)', cell: (row: AccountRow) => row.type },
  { id: 'connection', label: text.columns.connection, width: 'minmax(6rem, 1fr)', cell: (row: AccountRow) => row.connection },
]

/** What the buttons do at once; the list itself is repainted by the change feed. */
function useActions(account: Account | undefined) {
  const { engine } = useServices()
  const [failure, setFailure] = useState<{ readonly title: string; readonly error: ErrorInfo } | undefined>()
  const attempt = (title: string, work: Promise<unknown>) => {
    work.catch((error: unknown) => setFailure({ title, error: toErrorInfo(error) }))
  }
  return {
    failure,
    forgetFailure: () => setFailure(undefined),
    fail: (title: string, error: ErrorInfo) => setFailure({ title, error }),
    setDefault: () => account && attempt(text.defaultFailed, engine.call('accounts.setDefault', { id: account.id })),
    remove: () => account && attempt(text.removeFailed, engine.call('accounts.remove', { id: account.id })),
  }
}
