import type { CommandContext } from '../../../shared/commands/context.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { Message, MessageSummary } from '../../../shared/domain/message.ts'
import { type LayoutStore, sortOf } from '../../cache/layout.ts'
import { commandContext } from '../../commands/context.ts'
import { isRemote } from '../../commands/remote-mail.ts'
import type { CommandTarget } from '../../commands/target.ts'
import { liveDataOf } from '../../live/live-data.ts'
import { type MessageView, openMessageView } from '../../live/message-view.ts'
import { type Observable, observable } from '../../live/observable.ts'
import type { Services } from '../../live/services.tsx'
import { createDialogs, type DialogOwner } from '../shell/dialogs.ts'

export interface MessageTarget extends CommandTarget, DialogOwner {
  readonly message: Observable<MessageId | null>
  /** The message is here: its folder is known from now on. */
  opened(message: Message | null): void
  contextOf(message: Message | null): CommandContext
}

/** A read window as the commands see it: the selection is its one message. */
export function createMessageTarget(services: () => Services, layout: LayoutStore, start: MessageId): MessageTarget {
  const { engine, host } = services()
  const live = liveDataOf(engine)
  const message = observable<MessageId | null>(start)
  let current: MessageSummary | null = null
  let view: MessageView | null = null

  const folder = () => (current && live.folders.get()?.get(current.folder)) ?? null
  const rows = () => (current ? [current] : [])
  const context = () =>
    commandContext({
      accounts: live.accounts.get(),
      settings: live.settings.get(),
      runs: live.runs.get().values(),
      marks: live.marks.get(),
      folders: live.folders.get()?.values() ?? [],
      folder: folder(),
      isInImapAccount: folder() !== null && folder()?.account !== null,
      sort: sortOf(layout.get(), folder()),
      count: rows().length,
      rows: rows(),
      layout: layout.get(),
    })

  /** The list that the message stands in, opened when somebody first goes on from here. */
  async function neighbour(step: 1 | -1, matches: (row: MessageSummary) => boolean): Promise<MessageSummary | undefined> {
    const home = folder()
    if (!current || !home) return undefined
    const { key, descending } = sortOf(layout.get(), home)
    view ??= openMessageView(engine, { request: { folder: home.id, sort: key, descending, search: null }, near: current.id })
    await ready(view)
    for (let index = (await view.position(current.id)) + step; index >= 0; index += step) {
      const [row] = await view.page(index, 1)
      if (!row) return undefined
      if (matches(row)) return row
    }
    return undefined
  }

  const close = () => {
    view?.close()
    window.close()
  }
  return {
    engine,
    host,
    get hostInfo() {
      return services().hostInfo
    },
    live,
    layout,
    ...createDialogs(),
    message,
    context,
    contextOf(shown) {
      current = shown?.summary ?? null
      return context()
    },
    opened(shown) {
      current = shown?.summary ?? null
    },
    folder,
    folderPlace: () => ({ account: folder()?.account ?? null, parent: folder()?.id ?? null }),
    openFolder: () => undefined,
    selectedRows: rows,
    selectedIds: async () => rows().map((row) => row.id),
    allSelectedRows: async () => rows(),
    // A deleted message takes its window with it.
    moveOn: () => void setTimeout(close, 0),
    selectAll: async () => undefined,
    async go(step) {
      // What is only a header here has nothing to show in a window of its own.
      const isLocal = folder()?.account === null
      const canOpen = (row: MessageSummary) => !isLocal || !isRemote(row)
      const found = await neighbour(step === 'previous' ? -1 : 1, (row) => canOpen(row) && (step !== 'next-unread' || !row.flags.seen))
      if (found) message.set(found.id)
    },
    goToInbox: () => undefined,
    sortBy: () => undefined,
    focusSearch: () => undefined,
    cyclePanes: () => undefined,
    notify: () => undefined,
    close,
  }
}

function ready(view: MessageView): Promise<void> {
  return new Promise((resolve) => {
    if (view.state.get().status !== 'opening') return resolve()
    const stop = view.state.subscribe(() => {
      if (view.state.get().status === 'opening') return
      stop()
      resolve()
    })
  })
}
