import type { Flags } from '../../../../shared/domain/message.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { Collector } from './answer-collector.ts'
import { flagsOf, uidOf } from './fetched-messages.ts'
import type { OpenedFolder } from './imap-client.ts'
import type { ImapConnection } from './imap-connection.ts'
import type { FolderChanges, KnownState, SelectedFolder, UidSet } from './imap-types.ts'
import { joined, readUidSet } from './uid-sets.ts'

/** SELECT, with QRESYNC (RFC 7162 3.2.5) where `known` is given and the server does it. */
export async function selectFolder(connection: ImapConnection, path: string, known: KnownState | undefined): Promise<SelectedFolder> {
  const doing = { action: 'open the folder', path }
  const changes = new ChangesCollector()
  // The library opens nothing, and says so with nothing, when the server has taken its leave meanwhile.
  const opened = await connection.accepted(doing, (client) => client.openFolder(path, known, changes))
  if (!opened.uidValidity) throw connection.fail(new MailError('server-misbehaved', 'The server names no UIDVALIDITY.'), doing)
  return {
    path,
    uidValidity: String(opened.uidValidity),
    uidNext: opened.uidNext || (await findUidNext(connection, opened)),
    exists: opened.exists ?? 0,
    highestModSeq: opened.noModseq || !connection.client.hasModSeq ? null : modSeqText(opened.highestModseq),
    changes: opened.qresync === true ? changes.result() : null,
    // Without PERMANENTFLAGS all flags are kept (RFC 3501 7.1).
    permanentFlags: opened.permanentFlags ?? opened.flags ?? new Set(),
    isReadOnly: opened.readOnly === true,
  }
}

/** 0 is no MODSEQ (RFC 7162 2.1.1), but some servers say it of empty folders. */
export function modSeqText(modSeq: bigint | undefined): string | null {
  return modSeq === undefined || modSeq === 0n ? null : String(modSeq)
}

/** Some servers send VANISHED that nobody can read: then nothing of what they say of changes is believed. */
class ChangesCollector implements Collector {
  readonly #vanished: UidSet[] = []
  readonly #flags = new Map<number, Flags>()
  #isReadable = true
  failure: Collector['failure']

  readonly onFetch: Collector['onFetch'] = (items) => {
    const uid = uidOf(items)
    const flags = flagsOf(items)
    if (uid !== undefined && flags) this.#flags.set(uid, flags)
    else this.#isReadable = false
  }

  readonly onVanished = (uids: string): void => {
    const set = readUidSet(uids)
    if (set) this.#vanished.push(set)
    else this.#isReadable = false
  }

  readonly onUnreadable = (): void => {
    this.#isReadable = false
  }

  result(): FolderChanges | null {
    return this.#isReadable && !this.failure ? { vanished: joined(this.#vanished.flat()), flags: this.#flags } : null
  }
}

async function findUidNext(connection: ImapConnection, { path, exists }: OpenedFolder): Promise<number> {
  if (!exists) return 1
  const doing = { action: 'open the folder', path }
  const newest = await connection.run(doing, (client) => client.fetchOne('*', { uid: true }))
  return newest ? newest.uid + 1 : 1
}
