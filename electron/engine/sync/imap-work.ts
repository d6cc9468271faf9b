import type { Account } from '../../../shared/domain/account.ts'
import type { Folder, FolderSync } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Logger } from '../log.ts'
import { replayOperations } from '../operations/queue.ts'
import { leavingUids, pendingMessages, waitingFolders } from '../operations/waiting-changes.ts'
import type { Clock } from '../ports.ts'
import type { FolderStatus, ImapSession, ServerFolder } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { downloadFolders, heldFolders } from './imap-folders.ts'
import { syncBodies } from './imap-bodies.ts'
import { isUnmoved } from './imap-plan.ts'
import { syncFolder } from './imap-sync.ts'
import type { ImapSyncContext } from './imap-sync-context.ts'
import type { ReceiveProgress } from './progress.ts'

export interface ImapWorkParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
}

export interface ImapPass {
  readonly account: Account
  readonly session: ImapSession
  readonly progress: ReceiveProgress
  /** What is new comes with its body at once. */
  readonly wantsWhole?: boolean
}

/** What a pass over an account is for: new mail, or what Synchronize promises as well. */
export type ImapJob =
  | { readonly kind: 'receive' }
  /** `folder` undefined: every folder by its setting. */
  | { readonly kind: 'synchronize'; readonly folder: FolderId | undefined }
  /** Every body of every folder, for the command line. */
  | { readonly kind: 'everything' }

/** What there is to do on a connection to an IMAP server that is signed in. */
export class ImapWork {
  readonly #parts: ImapWorkParts
  /** Two connections of an account must not bring the same folder up to date at once. */
  readonly #turns = new Map<FolderId, Promise<unknown>>()

  constructor(parts: ImapWorkParts) {
    this.#parts = parts
  }

  async receive(pass: ImapPass, job: ImapJob): Promise<void> {
    const { store, log } = this.#parts
    const { account, session } = pass
    let refused: unknown
    try {
      await replayOperations({ ...this.#parts, account }, session)
    } catch (error) {
      if (!session.isUsable) throw error
      refused = error // Told at the end: what was refused must not keep new mail away.
    }
    const listed = await downloadFolders({ store, account, session }, () => waitingFolders(store, account.id))
    const folders = inboxFirst(heldFolders(store, account)).filter((folder) => isMail(folder) && isPartOf(job, folder, account))
    const status = await statusesOf(session, listed, folders)
    for (const { id } of folders) {
      // The user may have deleted it while others were looked at.
      const folder = store.folders.findById(id)
      if (!folder) continue
      try {
        const held = { ...store.folders.syncState(id), total: folder.total, unread: folder.unread }
        const wantsWhole = extentOf(job, folder) === 'all'
        if (!isUnmoved(held, status.get(folder.path))) await this.refresh({ ...pass, wantsWhole }, folder)
        await this.#fetchBodies(pass, folder, job)
      } catch (error) {
        refused = leftOut(pass, folder, error) ?? refused
      }
    }
    log.debug('imap pass done', { account: account.id, folders: listed.length })
    if (refused) throw refused
  }

  /** Headers and flags of one folder. */
  async refresh(pass: ImapPass, folder: Folder): Promise<void> {
    if (isMail(folder)) await this.#inTurn(folder.id, () => syncFolder(this.#context(pass), folder))
  }

  replay({ account, session }: Pick<ImapPass, 'account' | 'session'>): Promise<void> {
    return replayOperations({ ...this.#parts, account }, session)
  }

  async downloadFolders({ account, session }: Pick<ImapPass, 'account' | 'session'>): Promise<number> {
    const { store } = this.#parts
    await downloadFolders({ store, account, session }, () => waitingFolders(store, account.id))
    return heldFolders(store, account).length
  }

  async #fetchBodies(pass: ImapPass, folder: Folder, job: ImapJob): Promise<void> {
    const { store } = this.#parts
    const extent = extentOf(job, folder)
    const isNothingWanted = store.messages.wantedIn(folder.id).length === 0
    if (isNothingWanted && (extent === 'none' || extent === 'headers')) return
    await syncBodies(this.#context(pass), folder, extent)
  }

  async #inTurn<T>(folder: FolderId, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(folder) ?? Promise.resolve()
    const own = before.then(work)
    const settled = own.catch(() => {}) // Its caller has the failure; the next in line must not get it.
    this.#turns.set(folder, settled)
    try {
      return await own
    } finally {
      if (this.#turns.get(folder) === settled) this.#turns.delete(folder)
    }
  }

  #context({ account, session, progress, wantsWhole = false }: ImapPass): ImapSyncContext {
    const { store, clock } = this.#parts
    return {
      account,
      store,
      clock,
      session,
      progress,
      wantsWhole,
      // As they are when they are asked for: the user goes on while the server answers.
      get pending() {
        return pendingMessages(store, account.id)
      },
      get leaving() {
        return leavingUids(store, account.id)
      },
    }
  }
}

/** What is to be here of a folder's bodies after such a pass. */
function extentOf(job: ImapJob, folder: Folder): FolderSync {
  if (job.kind === 'everything') return 'all'
  return job.kind === 'synchronize' ? folder.sync : 'none'
}

/**
 * One folder that the server does not open must not keep the mail of all others away. Returns what is to be told at the end; of a
 * folder that is not ours, or gone, a note is enough. Throws what concerns more than the folder.
 */
function leftOut({ session, progress }: ImapPass, folder: Folder, error: unknown): unknown {
  const { code, detail } = toErrorInfo(error)
  if (!session.isUsable || detail.protocol !== 'IMAP') throw error
  if (folder.role === 'inbox' || (code !== 'folder-missing' && code !== 'permission-denied')) return error
  progress.note(`The server does not let us open '${folder.name}': ${detail.reply ?? 'no reason given'}`)
  return undefined
}

function inboxFirst(folders: readonly Folder[]): readonly Folder[] {
  return [...folders].sort((a, b) => Number(b.role === 'inbox') - Number(a.role === 'inbox'))
}

function isPartOf(job: ImapJob, folder: Folder, account: Account): boolean {
  if (job.kind === 'everything') return true
  if (job.kind === 'synchronize') return job.folder === undefined ? folder.sync !== 'none' : job.folder === folder.id
  return folder.role === 'inbox' || (account.imap.checkAllFolders && folder.isShown)
}

/** Calendars and the like are not opened: what they hold would only look like broken mail. */
function isMail({ selectable, content }: Folder): boolean {
  return selectable && content === 'mail'
}

/** I7: counts come along with the list, or are asked for all at once. */
async function statusesOf(
  session: ImapSession,
  listed: readonly ServerFolder[],
  folders: readonly Folder[],
): Promise<ReadonlyMap<string, FolderStatus | undefined>> {
  if (listed.some((folder) => folder.status)) return new Map(listed.map((folder) => [folder.path, folder.status]))
  return folders.length > 1 ? session.statuses(folders.map((folder) => folder.path)) : new Map()
}
