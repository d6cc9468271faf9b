import type { FolderId } from '../../../shared/domain/ids.ts'
import type { OperationKind } from './operation.ts'

interface Shown {
  readonly folder: FolderId
  readonly path: string
  readonly name: string
}

export interface SubscribePayload {
  readonly show: readonly Shown[]
  readonly hide: readonly Shown[]
}

/** Shown folders are those that the server calls subscribed. */
export const subscribe: OperationKind<SubscribePayload> = {
  kind: 'subscribe',

  async replayRemotely({ payload: { show, hide } }, _context, session) {
    for (const { path } of show) await session.subscribe(path)
    for (const { path } of hide) await session.changes.unsubscribe(path)
    return 'done'
  },

  backOut({ payload: { show, hide } }, store) {
    const set = (folders: readonly Shown[], isShown: boolean) => {
      for (const { folder } of folders) if (store.folders.findById(folder)) store.folders.update(folder, { isShown })
    }
    set(show, false)
    set(hide, true)
  },

  describe: ({ show, hide }) => [...describeOne('Show', show), ...describeOne('Hide', hide)].join('; '),
  folderOf: ({ show, hide }) => [...show, ...hide][0]?.folder ?? null,
  makes: () => ({ messages: [], folders: [] }),
  needs: ({ show, hide }) => ({ messages: [], folders: [...show, ...hide].map(({ folder }) => folder) }),
  canUndo: () => true,
}

function describeOne(verb: string, folders: readonly Shown[]): readonly string[] {
  const [first] = folders
  if (!first) return []
  return [folders.length === 1 ? `${verb} the folder '${first.name}'` : `${verb} ${folders.length} folders`]
}
