import type { Account } from '../../../shared/domain/account.ts'
import type { Folder, FolderRole } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { mainWords } from '../../text/main.ts'
import type { IconName } from '../../widgets/Icon.tsx'

/** What is open in the main window. */
export type Place =
  | { readonly kind: 'root' | 'local' }
  | { readonly kind: 'account'; readonly account: AccountId }
  | { readonly kind: 'folder'; readonly folder: FolderId }

export interface FolderNode {
  readonly key: string
  readonly place: Place
  readonly label: string
  /** Read aloud in place of the label when there is more to say. */
  readonly spoken: string
  readonly icon: IconName
  /** Unread messages; in Outbox and Drafts the number of messages. */
  readonly count: number
  readonly isBold: boolean
  readonly isSelectable: boolean
  readonly children: readonly FolderNode[]
}

const order: Readonly<Record<FolderRole, number>> = { inbox: 0, outbox: 1, sent: 2, deleted: 3, drafts: 4, junk: 5, archive: 6, none: 7 }
export const roleIcons: Readonly<Record<FolderRole, IconName>> = {
  inbox: 'inbox',
  outbox: 'outbox',
  sent: 'sent',
  deleted: 'delete',
  drafts: 'drafts',
  junk: 'junk',
  archive: 'archive',
  none: 'folder',
}

/** Postrider, below it Local Folders and one node for each account with folders on a server. */
export function folderTree(folders: Iterable<Folder>, accounts: readonly Account[]): FolderNode {
  const all = [...folders]
  const within = (account: AccountId | null) =>
    nodesBelow(
      null,
      all.filter((folder) => folder.account === account),
    )
  const onServers = accounts.filter((account) => account.protocol === 'imap')
  return heading({ key: 'root', place: { kind: 'root' }, label: mainWords.root, icon: 'mail-all' }, [
    heading({ key: 'local', place: { kind: 'local' }, label: mainWords.localFolders, icon: 'folder' }, within(null)),
    ...onServers.map((account) =>
      heading(
        { key: `account:${account.id}`, place: { kind: 'account', account: account.id }, label: account.name, icon: 'cloud' },
        within(account.id),
      ),
    ),
  ])
}

function heading(head: Pick<FolderNode, 'key' | 'place' | 'label' | 'icon'>, children: readonly FolderNode[]): FolderNode {
  return { ...head, spoken: head.label, count: 0, isBold: true, isSelectable: true, children }
}

function nodesBelow(parent: FolderId | null, folders: readonly Folder[]): readonly FolderNode[] {
  // A folder whose parent is not shown must not vanish with it.
  const known = new Set(folders.map((folder) => folder.id))
  const here = folders.filter((folder) =>
    parent === null ? folder.parent === null || !known.has(folder.parent) : folder.parent === parent,
  )
  return here.toSorted(byRoleThenName).map((folder) => folderNode(folder, nodesBelow(folder.id, folders)))
}

function folderNode(folder: Folder, children: readonly FolderNode[]): FolderNode {
  const countsAll = folder.role === 'outbox' || folder.role === 'drafts'
  const count = countsAll ? folder.total : folder.unread
  const spoken = countsAll ? mainWords.itemsIn(folder.name, count) : mainWords.unreadIn(folder.name, count)
  return {
    key: `folder:${folder.id}`,
    place: { kind: 'folder', folder: folder.id },
    label: folder.name,
    spoken: count > 0 ? spoken : folder.name,
    icon: roleIcons[folder.role],
    count,
    isBold: count > 0,
    isSelectable: folder.selectable,
    children,
  }
}

function byRoleThenName(a: Folder, b: Folder): number {
  return order[a.role] - order[b.role] || a.name.localeCompare(b.name, undefined, { numeric: true })
}

export function placeKey(place: Place): string {
  if (place.kind === 'folder') return `folder:${place.folder}`
  return place.kind === 'account' ? `account:${place.account}` : place.kind
}

/** The way back from a kept key; undefined for something unreadable. */
export function placeOfKey(key: string | null): Place | undefined {
  const [kind, number] = (key ?? '').split(':')
  if (kind === 'root' || kind === 'local') return { kind }
  const id = Number(number)
  if (!Number.isSafeInteger(id) || id < 1) return undefined
  if (kind === 'folder') return { kind, folder: id as FolderId }
  return kind === 'account' ? { kind, account: id as AccountId } : undefined
}

/** Where the program opens when nothing is remembered: the Inbox of the default account, else that of Local Folders. */
export function defaultPlace(folders: Iterable<Folder>, accounts: readonly Account[]): Place {
  const inboxes = [...folders].filter((folder) => folder.role === 'inbox')
  const first = accounts.find((account) => account.isDefault) ?? accounts[0]
  const wanted = first?.protocol === 'imap' ? first.id : null
  const inbox = inboxes.find((folder) => folder.account === wanted) ?? inboxes.find((folder) => folder.account === null)
  return inbox ? { kind: 'folder', folder: inbox.id } : { kind: 'root' }
}
