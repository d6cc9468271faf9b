import type { ChangeBatch } from '../../shared/changes/change-batch.ts'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { Folder } from '../../shared/domain/folder.ts'
import type { ErrorInfo } from '../../shared/errors/mail-error.ts'
import type { AccountId, FolderId, RunId } from '../../shared/domain/ids.ts'
import type { WaitingOperation } from '../../shared/domain/operation.ts'
import type { MarkCount } from '../../shared/domain/pop3.ts'
import type { AccountStatus, RunProgress } from '../../shared/domain/run.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { type Observable, observable, type Writable } from './observable.ts'

export type Folders = ReadonlyMap<FolderId, Folder>

export interface Refusal {
  readonly account: AccountId
  readonly error: ErrorInfo
}

/** What the engine holds, as this window knows it: loaded when first shown, kept true by the change feed. null: not loaded yet. */
export interface LiveData {
  readonly accounts: Observable<readonly Account[] | null>
  readonly folders: Observable<Folders | null>
  readonly settings: Observable<Settings | null>
  /** What servers must still learn of, oldest first. */
  readonly operations: Observable<readonly WaitingOperation[] | null>
  /** Of POP3 accounts; those without marks are left out. */
  readonly marks: Observable<readonly MarkCount[] | null>
  readonly runs: Observable<ReadonlyMap<RunId, RunProgress>>
  readonly statuses: Observable<ReadonlyMap<AccountId, AccountStatus>>
  /** Changes that a server refused and that were taken back here, until somebody has seen why. */
  readonly refusals: Observable<readonly Refusal[]>
  forgetRefusal(error: ErrorInfo): void
  /** Runs that have told of themselves since this window is open, as they told last: for who begins to listen late. */
  heardRuns(): readonly RunProgress[]
  /** Folders as last seen, until the engine has answered. */
  seedFolders(folders: readonly Folder[]): void
  /** After a new connection: everything that was loaded is asked for again. */
  refresh(): void
  onRefresh(listener: () => void): () => void
}

const known = new WeakMap<EngineClient, LiveData>()

/** One LiveData for each engine, made on first use. */
export function liveDataOf(engine: EngineClient): LiveData {
  const existing = known.get(engine)
  if (existing) return existing
  const made = createLiveData(engine)
  known.set(engine, made)
  return made
}

function createLiveData(engine: EngineClient): LiveData {
  const reloads = new Set<() => void>()
  const refreshListeners = new Set<() => void>()
  /** A list that is loaded on first use; the answer to the newest question counts. */
  function loaded<T>(load: () => Promise<T>): Writable<T | null> & { reload(): void } {
    let newest = 0
    const reload = () => {
      reloads.add(reload)
      const mine = ++newest
      load().then(
        (value) => mine === newest && target.set(value),
        // The connection died for good or the engine is at fault: the banner says so, and what was shown stays.
        () => undefined,
      )
    }
    const target = observable<T | null>(null, reload)
    return { ...target, reload }
  }

  const accounts = loaded(() => engine.call('accounts.list', {}))
  const settings = loaded(() => engine.call('settings.get', {}))
  const operations = loaded(() => engine.call('operations.list', {}))
  const marks = loaded(() => engine.call('pop3.marks', {}))
  const folders = loaded(async (): Promise<Folders> => byId(await engine.call('folders.list', {})))
  const statuses = observable<ReadonlyMap<AccountId, AccountStatus>>(new Map())
  const runs = observable<ReadonlyMap<RunId, RunProgress>>(new Map(), () => reloadRuns())
  const reloadRuns = () => {
    reloads.add(reloadRuns)
    engine.call('runs.current', {}).then(
      (current) => runs.set(new Map(current.map((run) => [run.run, run]))),
      () => undefined, // as above
    )
  }

  engine.on('changes', (batch) => {
    if (batch.accounts && reloads.has(accounts.reload)) accounts.reload()
    if (batch.settings && reloads.has(settings.reload)) settings.reload()
    if (batch.operations && reloads.has(operations.reload)) operations.reload()
    if (reloads.has(marks.reload) && mayChangeMarks(batch, marks.get())) marks.reload()
    const current = folders.get()
    if (current) folders.set(foldersAfter(current, batch))
  })
  const heard = new Map<RunId, RunProgress>()
  engine.on('runProgress', (run) => {
    heard.set(run.run, run)
    runs.set(new Map(runs.get()).set(run.run, run))
  })
  const refusals = observable<readonly Refusal[]>([])
  engine.on('accountStatus', (status) => {
    // Said once and of one change, while other words about an account hold until the next ones.
    if (status.state === 'failed' && status.error.detail.takenBack !== undefined)
      return refusals.set([...refusals.get(), { account: status.account, error: status.error }])
    statuses.set(new Map(statuses.get()).set(status.account, status))
  })

  return {
    accounts,
    folders,
    settings,
    operations,
    marks,
    runs,
    statuses,
    refusals,
    forgetRefusal: (error) => refusals.set(refusals.get().filter((refusal) => refusal.error !== error)),
    heardRuns: () => [...heard.values()],
    seedFolders: (list) => folders.get() ?? folders.set(byId(list)),
    refresh() {
      for (const reload of [...reloads]) reload()
      for (const listener of [...refreshListeners]) listener()
    },
    onRefresh(listener) {
      refreshListeners.add(listener)
      return () => refreshListeners.delete(listener)
    },
  }
}

/** Most batches bring mail, or flags, and have nothing to do with marks. */
export function mayChangeMarks({ accounts, changed, removed }: ChangeBatch, marks: readonly MarkCount[] | null): boolean {
  if (accounts || changed.some(({ mark }) => mark !== null)) return true
  return marks?.length !== 0 && changed.length + removed.length > 0
}

const byId = (list: readonly Folder[]): Folders => new Map(list.map((folder) => [folder.id, folder]))

/** The folders once a batch has happened; the same map when it does not speak of folders. */
export function foldersAfter(folders: Folders, batch: ChangeBatch): Folders {
  if (batch.folders.length === 0 && batch.removedFolders.length === 0) return folders
  const next = new Map(folders)
  for (const id of batch.removedFolders) next.delete(id)
  for (const folder of batch.folders) next.set(folder.id, folder)
  return next
}
