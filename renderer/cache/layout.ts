import type { ColumnKey, PreviewPlace, TextSize, ThemeChoice } from '../../shared/commands/context.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { Folder, FolderRole } from '../../shared/domain/folder.ts'
import type { AccountId, FolderId, MessageId } from '../../shared/domain/ids.ts'
import type { SortKey } from '../../shared/domain/view.ts'
import { type Observable, observable } from '../live/observable.ts'
import { type CacheDatabase, database } from './database.ts'

export interface SortChoice {
  readonly key: SortKey
  readonly descending: boolean
}

/** Folders of mail that we wrote have To and Sent where the others have From and Received. */
export type FolderKind = 'received' | 'written'

export function folderKind(role: FolderRole | undefined): FolderKind {
  return role === 'sent' || role === 'outbox' || role === 'drafts' ? 'written' : 'received'
}

/** How the windows look: kept on this computer, for all windows of the program. Lengths are in rem. */
export interface Layout {
  readonly theme: ThemeChoice
  readonly textSize: TextSize
  readonly preview: PreviewPlace
  readonly toolbar: boolean
  /** null: as long as nobody has chosen, it is there when some account downloads headers only. */
  readonly remoteToolbar: boolean | null
  readonly folderBar: boolean
  readonly folderList: boolean
  readonly statusBar: boolean
  readonly folderListWidth: number
  readonly listHeight: number
  readonly listWidth: number
  /** Tree nodes that are closed, by key. */
  readonly collapsed: readonly string[]
  readonly place: string | null
  /** Where messages were last moved or copied to. */
  readonly lastTarget: FolderId | null
  readonly columns: Readonly<Record<FolderKind, readonly ColumnKey[]>>
  readonly columnWidths: Readonly<Partial<Record<ColumnKey, number>>>
  readonly sort: Readonly<Record<FolderId, SortChoice>>
  /** The message that was last looked at in a folder. */
  readonly lastMessage: Readonly<Record<FolderId, MessageId>>
  /** What the Remote Connection Wizard was told the last time. */
  readonly connection: RemoteChoices
}

/** The choices of the Remote Connection Wizard, without the single messages. */
export interface RemoteChoices {
  /** null: those that download headers only, or all POP3 accounts where there is none. */
  readonly accounts: readonly AccountId[] | null
  readonly confirms: boolean
  /** Retrieve and send all new mail, instead of only what is chosen below. */
  readonly everything: boolean
  /** From all of the accounts, from none, or from these. */
  readonly headers: boolean | readonly AccountId[]
  readonly marks: boolean | readonly AccountId[]
  readonly outgoing: boolean
}

export const defaultLayout: Layout = {
  theme: 'system',
  textSize: 'medium',
  preview: 'below',
  toolbar: true,
  remoteToolbar: null,
  folderBar: true,
  folderList: true,
  statusBar: true,
  folderListWidth: 14.5,
  // The header and thirteen whole rows.
  listHeight: 21.125,
  listWidth: 30,
  collapsed: [],
  place: null,
  lastTarget: null,
  columns: {
    received: ['priority', 'attachment', 'flag', 'from', 'subject', 'received', 'size'],
    written: ['priority', 'attachment', 'flag', 'to', 'subject', 'sent', 'size'],
  },
  columnWidths: {},
  sort: {},
  lastMessage: {},
  connection: { accounts: null, confirms: true, everything: false, headers: true, marks: true, outgoing: true },
}

/** The order of a folder: the one chosen for it, else the newest first. */
export function sortOf(layout: Layout, folder: Folder | null): SortChoice {
  const chosen = folder && layout.sort[folder.id]
  return chosen || { key: folderKind(folder?.role) === 'written' ? 'sent' : 'received', descending: true }
}

export function showsRemoteToolbar(layout: Layout, accounts: readonly Account[] | null): boolean {
  return layout.remoteToolbar ?? accounts?.some(({ protocol, pop3 }) => protocol === 'pop3' && pop3.headersOnly) ?? false
}

export interface LayoutStore extends Observable<Layout> {
  change(part: Partial<Layout>): void
}

/** Reads what was kept; a failure gives the defaults, because a broken layout must not keep anybody from the mail. */
export async function openLayout(db: CacheDatabase = database): Promise<LayoutStore> {
  const kept = (await db.layout.get('layout').catch(() => undefined))?.value as Partial<Layout> | undefined
  const store = observable<Layout>({ ...defaultLayout, ...kept })
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('postrider-layout') : undefined
  channel?.addEventListener('message', (event) => store.set({ ...store.get(), ...(event.data as Partial<Layout>) }))
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    get: store.get,
    subscribe: store.subscribe,
    change(part) {
      store.set({ ...store.get(), ...part })
      channel?.postMessage(shared(part))
      clearTimeout(timer)
      // Dragging a splitter changes it sixty times a second; the end of it is what counts.
      timer = setTimeout(() => void db.layout.put({ key: 'layout', value: store.get() }).catch(() => undefined), 200)
    },
  }
}

/** Other windows take over how things look, not what this window shows. */
function shared(part: Partial<Layout>): Partial<Layout> {
  const { theme, textSize } = part
  return { ...(theme && { theme }), ...(textSize && { textSize }) }
}
