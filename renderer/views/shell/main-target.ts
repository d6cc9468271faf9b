import type { CommandContext } from '../../../shared/commands/context.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { LayoutStore } from '../../cache/layout.ts'
import { commandContext } from '../../commands/context.ts'
import type { CommandTarget, FolderPlace } from '../../commands/target.ts'
import { liveDataOf } from '../../live/live-data.ts'
import type { MessageView } from '../../live/message-view.ts'
import { type Observable, observable } from '../../live/observable.ts'
import type { Services } from '../../live/services.tsx'
import { mainWords } from '../../text/main.ts'
import { rowAt } from '../../live/row-windows.ts'
import { defaultPlace } from '../folders/folder-tree.ts'
import { countSelected, noSelection, selectAll } from '../message-list/selection.ts'
import { createDialogs, type DialogOwner } from './dialogs.ts'
import type { MainState } from './main-state.ts'
import { cyclePanes } from './panes.ts'

export interface MainTarget extends CommandTarget, DialogOwner {
  readonly notice: Observable<string>
}

/** The main window as the commands see it. */
export function createMainTarget(services: () => Services, layout: LayoutStore, state: MainState): MainTarget {
  const { engine, host } = services()
  const live = liveDataOf(engine)
  const notice = observable('')
  let noticeTimer: ReturnType<typeof setTimeout> | undefined
  const total = () => state.view.get()?.state.get().rows.total ?? 0

  const folderPlace = (): FolderPlace => {
    const place = state.place.get()
    if (place?.kind === 'account') return { account: place.account, parent: null }
    const folder = state.folder()
    return { account: folder?.account ?? null, parent: folder?.id ?? null }
  }
  const isImap = (id: AccountId | null) => live.accounts.get()?.some((each) => each.id === id && each.protocol === 'imap') ?? false

  const context = (): CommandContext =>
    commandContext({
      accounts: live.accounts.get(),
      settings: live.settings.get(),
      runs: live.runs.get().values(),
      marks: live.marks.get(),
      folders: live.folders.get()?.values() ?? [],
      folder: state.folder(),
      isInImapAccount: isImap(folderPlace().account),
      sort: state.sort(),
      count: countSelected(state.selection.get(), total()),
      rows: state.selectedRows(),
      layout: layout.get(),
    })

  const target: MainTarget = {
    engine,
    host,
    get hostInfo() {
      return services().hostInfo
    },
    live,
    layout,
    ...createDialogs(),
    notice,
    context,
    folder: state.folder,
    folderPlace,
    openFolder: (folder) => state.open({ kind: 'folder', folder }),
    selectedRows: state.selectedRows,
    async selectedIds() {
      const { all, ids } = state.selection.get()
      return all ? ((await state.view.get()?.ids(0, total() - 1)) ?? []) : [...ids]
    },
    async allSelectedRows() {
      const { all, ids } = state.selection.get()
      const view = state.view.get()
      const here = state.selectedRows()
      if (!view || here.length === countSelected(state.selection.get(), total())) return here
      const rows = await allRows(view)
      return all ? rows : rows.filter(({ id }) => ids.has(id))
    },
    moveOn() {
      const view = state.view.get()
      const { all, ids, focusIndex } = state.selection.get()
      if (!view || all) return state.select(noSelection)
      // The first row behind the focus that stays, else the one before it.
      const { rows } = view.state.get()
      const stays = (index: number) => {
        const row = rowAt(rows, index)
        return row && !ids.has(row.id) && !row.flags.deleted
      }
      for (let index = focusIndex + 1; index < Math.min(rows.total, focusIndex + 200); index++) {
        if (stays(index)) return void state.selectAt(index)
      }
      for (let index = focusIndex - 1; index >= 0; index--) if (stays(index)) return void state.selectAt(index)
    },
    async selectAll() {
      state.select(selectAll(state.selection.get()))
    },
    async go(step) {
      const { focusIndex } = state.selection.get()
      if (step !== 'next-unread') return state.selectAt(Math.max(0, focusIndex + (step === 'next' ? 1 : -1)))
      const found = await nextUnread(state, focusIndex + 1)
      if (found < 0) target.notify(mainWords.noMoreUnread)
      else await state.selectAt(found)
    },
    goToInbox() {
      const folders = live.folders.get()
      if (folders) state.open(defaultPlace(folders.values(), live.accounts.get() ?? []))
    },
    sortBy({ key, descending }) {
      const now = state.sort()
      if (key === undefined) return state.setSort({ ...now, descending: descending ?? now.descending })
      // The same column once more turns the order round; dates and sizes begin with the newest and the largest.
      const fresh = key === 'received' || key === 'sent' || key === 'size' || key === 'flag' || key === 'attachment' || key === 'priority'
      state.setSort({ key, descending: descending ?? (key === now.key ? !now.descending : fresh) })
    },
    focusSearch: () => document.querySelector<HTMLInputElement>('[data-search]')?.focus(),
    cyclePanes,
    notify(text) {
      notice.set(text)
      clearTimeout(noticeTimer)
      noticeTimer = setTimeout(() => notice.set(''), 10_000)
    },
    close: () => undefined,
  }
  return target
}

async function allRows(view: MessageView): Promise<readonly MessageSummary[]> {
  const rows: MessageSummary[] = []
  for (;;) {
    const page = await view.page(rows.length, 500)
    if (page.length === 0) return rows
    rows.push(...page)
  }
}

/** Position of the next unread message from here to the end, then from the start; -1: there is none. */
async function nextUnread(state: MainState, from: number): Promise<number> {
  const view = state.view.get()
  if (!view || (state.folder()?.unread ?? 0) === 0) return -1
  const total = view.state.get().rows.total
  for (let seen = 0, at = Math.max(0, from) % Math.max(1, total); seen < total; ) {
    const rows = await view.page(at, 500)
    const found = rows.findIndex((row) => !row.flags.seen && !row.flags.deleted)
    if (found >= 0) return at + found
    if (rows.length === 0) return -1
    seen += rows.length
    at = at + rows.length >= total ? 0 : at + rows.length
  }
  return -1
}
