import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'

export interface FolderRow {
  readonly folder: Folder
  /** 0 at the top. */
  readonly level: number
  /** Names of the folders above, for when these are not in the list. */
  readonly above: readonly string[]
}

/** What was chosen and not yet carried out: shown or hidden, by folder. */
export type Ticks = ReadonlyMap<FolderId, boolean>

export function isTicked({ id, isShown }: Folder, ticks: Ticks): boolean {
  return ticks.get(id) ?? isShown
}

/** The Inbox is always shown; a folder that only holds others shows itself where one of these is shown. */
export function canTick(folder: Folder): boolean {
  return folder.selectable && folder.role !== 'inbox'
}

const collator = new Intl.Collator(undefined, { numeric: true })

/** All folders of an account as a flat list: each below its parent, the Inbox first. */
export function folderRows(folders: readonly Folder[], isDescending: boolean): readonly FolderRow[] {
  const known = new Set(folders.map(({ id }) => id))
  const byParent = Map.groupBy(folders, ({ parent }) => (parent !== null && known.has(parent) ? parent : null))
  const sign = isDescending ? -1 : 1
  const compare = (a: Folder, b: Folder) =>
    Number(b.role === 'inbox') - Number(a.role === 'inbox') || sign * collator.compare(a.name, b.name)
  const rows: FolderRow[] = []
  const visit = (parent: FolderId | null, level: number, above: readonly string[]) => {
    for (const folder of (byParent.get(parent) ?? []).toSorted(compare)) {
      rows.push({ folder, level, above })
      visit(folder.id, level + 1, [...above, folder.name])
    }
  }
  visit(null, 0, [])
  return rows
}

interface Filter {
  /** What was typed; '' for all. */
  readonly text: string
  /** Only what is shown, or will be; what is about to be hidden stays in the list until OK. */
  readonly onlyVisible: boolean
  readonly ticks: Ticks
}

export function filteredRows(rows: readonly FolderRow[], { text, onlyVisible, ticks }: Filter): readonly FolderRow[] {
  const wanted = text.trim().toLowerCase()
  return rows.filter(({ folder }) => {
    if (onlyVisible && !folder.isShown && !ticks.get(folder.id)) return false
    return wanted === '' || folder.name.toLowerCase().includes(wanted)
  })
}

/** Shows or hides some folders, those that can be. */
export function withTicks(ticks: Ticks, folders: readonly Folder[], wanted: boolean): Ticks {
  const next = new Map(ticks)
  for (const folder of folders) {
    if (!canTick(folder)) continue
    if (folder.isShown === wanted) next.delete(folder.id)
    else next.set(folder.id, wanted)
  }
  return next
}

/** What OK has to tell the engine. */
export function tickedChanges(ticks: Ticks): { readonly show: FolderId[]; readonly hide: FolderId[] } {
  const all = [...ticks]
  return { show: all.filter(([, shown]) => shown).map(([id]) => id), hide: all.filter(([, shown]) => !shown).map(([id]) => id) }
}
