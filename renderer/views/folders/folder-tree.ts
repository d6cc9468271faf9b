import type { Account } from '../../../shared/domain/account.ts'
import type { Folder, FolderContent, FolderRole } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { holdsMail } from '../../commands/folder-facts.ts'
import { contentNames, folderText } from '../../text/folders.ts'
import type { FolderPlace } from '../../commands/target.ts'
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
  /** Holds no mail: only other folders, or a calendar. */
  readonly isMuted: boolean
  readonly children: readonly FolderNode[]
}

const order: Readonly<Record<FolderRole, number>> = { inbox: 0, outbox: 1, sent: 2, deleted: 3, drafts: 4, junk: 5, archive: 6, none: 7 }
const roleIcons: Readonly<Record<FolderRole, IconName>> = {
  inbox: 'inbox',
  outbox: 'outbox',
  sent: 'sent',
  deleted: 'delete',
  drafts: 'drafts',
  junk: 'junk',
  archive: 'archive',
  none: 'folder',
}

const contentIcons: Readonly<Record<FolderContent, IconName>> = {
  mail: 'folder',
  calendar: 'calendar',
  tasks: 'tasks',
  contacts: 'contacts',
  notes: 'notes',
  journal: 'journal',
}

export function folderIcon(folder: Pick<Folder, 'role' | 'content'>): IconName {
  return folder.content === 'mail' ? roleIcons[folder.role] : contentIcons[folder.content]
}

/** Postrider, below it Local Folders and one node for each account with folders on a server. Hidden folders are left out, unless asked for. */
export function folderTree(folders: Iterable<Folder>, accounts: readonly Account[], { withHidden = false } = {}): FolderNode {
  const byAccount = Map.groupBy(folders, (folder) => folder.account)
  const within = (account: AccountId | null) => {
    const all = byAccount.get(account) ?? []
    return nodesOf(withHidden || account === null ? all : shownWithParents(all))
  }
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
  return { ...head, spoken: head.label, count: 0, isBold: true, isMuted: false, children }
}

/** Folders that are shown, and those above them, so that each has its place. */
function shownWithParents(folders: readonly Folder[]): readonly Folder[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]))
  const kept = new Set<Folder>()
  for (const folder of folders) {
    if (!folder.isShown) continue
    for (let at: Folder | undefined = folder; at && !kept.has(at); at = at.parent === null ? undefined : byId.get(at.parent)) kept.add(at)
  }
  return folders.filter((folder) => kept.has(folder))
}

function nodesOf(folders: readonly Folder[]): readonly FolderNode[] {
  const known = new Set(folders.map((folder) => folder.id))
  // A folder whose parent is not known must not vanish with it.
  const byParent = Map.groupBy(folders, ({ parent }) => (parent !== null && known.has(parent) ? parent : null))
  const below = (parent: FolderId | null): readonly FolderNode[] =>
    (byParent.get(parent) ?? []).toSorted(byRoleThenName).map((folder) => folderNode(folder, below(folder.id)))
  return below(null)
}

function folderNode(folder: Folder, children: readonly FolderNode[]): FolderNode {
  const countsAll = folder.role === 'outbox' || folder.role === 'drafts'
  const count = holdsMail(folder) ? (countsAll ? folder.total : folder.unread) : 0
  const spoken = countsAll ? mainWords.itemsIn(folder.name, count) : mainWords.unreadIn(folder.name, count)
  const plain = folder.content === 'mail' ? folder.name : folderText.labelled(folder.name, contentNames[folder.content])
  return {
    key: `folder:${folder.id}`,
    place: { kind: 'folder', folder: folder.id },
    label: folder.name,
    spoken: count > 0 ? spoken : plain,
    icon: folderIcon(folder),
    count,
    isBold: count > 0,
    isMuted: !holdsMail(folder),
    children,
  }
}

// Much quicker than localeCompare, which counts with thousands of folders.
const collator = new Intl.Collator(undefined, { numeric: true })

/** The shown folders of one account as a flat list, in the order of the tree. */
export function shownFolders(folders: readonly Folder[]): readonly { readonly folder: Folder; readonly level: number }[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]))
  const flat = (nodes: readonly FolderNode[], level: number): ReturnType<typeof shownFolders> =>
    nodes.flatMap(({ place, children }) => {
      const folder = place.kind === 'folder' ? byId.get(place.folder) : undefined
      return folder ? [{ folder, level }, ...flat(children, level + 1)] : []
    })
  return flat(nodesOf(shownWithParents(folders)), 0)
}

function byRoleThenName(a: Folder, b: Folder): number {
  return order[a.role] - order[b.role] || collator.compare(a.name, b.name)
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

/** A node as a place to put folders in; null: nothing can be put there. */
export function folderPlaceOf(place: Place, folders: ReadonlyMap<FolderId, Folder>): FolderPlace | null {
  if (place.kind === 'root') return null
  if (place.kind !== 'folder') return { account: place.kind === 'account' ? place.account : null, parent: null }
  const folder = folders.get(place.folder)
  return folder ? { account: folder.account, parent: folder.id } : null
}
