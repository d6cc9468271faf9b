import type { CommandContext } from '../../shared/commands/context.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { Folder } from '../../shared/domain/folder.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import type { MarkCount } from '../../shared/domain/pop3.ts'
import type { RunProgress } from '../../shared/domain/run.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { folderKind, type Layout, showsRemoteToolbar, type SortChoice } from '../cache/layout.ts'
import { holdsMail, isOwn } from './folder-facts.ts'
import { isRemote } from './remote-mail.ts'

interface ContextSources {
  readonly accounts: readonly Account[] | null
  readonly settings: Settings | null
  readonly runs: Iterable<RunProgress>
  readonly marks: readonly MarkCount[] | null
  readonly folders: Iterable<Folder>
  readonly folder: Folder | null
  /** An IMAP account, or a folder of one, is selected in the folder list. */
  readonly isInImapAccount: boolean
  readonly sort: SortChoice
  readonly count: number
  /** The selected rows that are here. */
  readonly rows: readonly MessageSummary[]
  readonly layout: Layout
}

/** The plain facts that decide about every command. */
export function commandContext(sources: ContextSources): CommandContext {
  const { rows, count, layout, folder, settings } = sources
  const unfinished = folder?.role === 'drafts' || folder?.role === 'outbox'
  // With everything selected only a part of the rows is here: what they say counts for all.
  const isWhole = rows.length === count && count > 0
  const isOnServer = folder !== null && folder.account !== null
  return {
    hasAccount: (sources.accounts?.length ?? 0) > 0,
    hasPop3Account: sources.accounts?.some(({ protocol }) => protocol === 'pop3') ?? false,
    hasMarks: (sources.marks?.length ?? 0) > 0,
    hasImapAccount: sources.accounts?.some(({ protocol }) => protocol === 'imap') ?? false,
    isOffline: settings?.offline ?? false,
    isRunning: [...sources.runs].some((run) => !run.isFinished && run.isForeground),
    folder: folder && {
      role: folder.role,
      isOnServer,
      total: folder.total,
      unread: folder.unread,
      holdsMail: holdsMail(folder),
      isOwn: isOwn(folder),
      sync: folder.sync,
    },
    isInImapAccount: sources.isInImapAccount,
    showsDeleted: settings?.showDeleted ?? true,
    hasDeletedItems: [...sources.folders].some((each) => each.role === 'deleted' && each.account === null && each.total > 0),
    selection: {
      count,
      allSeen: isWhole && rows.every((row) => row.flags.seen),
      noneSeen: isWhole && rows.every((row) => !row.flags.seen),
      allFlagged: isWhole && rows.every((row) => row.flags.flagged),
      anyMarkedDeleted: rows.some((row) => row.flags.deleted),
      anyRemote: folder?.account === null && rows.some(isRemote),
      anyMarked: !isOnServer && rows.some((row) => row.mark !== null),
      anyToDownload: isOnServer && rows.some((row) => isRemote(row) && row.mark === null),
      anyForOffline: isOnServer && rows.some((row) => row.mark !== null),
      isDraft: count === 1 && (unfinished || (rows[0]?.flags.draft ?? false)),
    },
    sort: sources.sort,
    columns: layout.columns[folderKind(folder?.role)],
    layout: {
      preview: layout.preview,
      folderList: layout.folderList,
      folderBar: layout.folderBar,
      statusBar: layout.statusBar,
      toolbar: layout.toolbar,
      remoteToolbar: showsRemoteToolbar(layout, sources.accounts),
    },
    textSize: layout.textSize,
    theme: layout.theme,
  }
}
