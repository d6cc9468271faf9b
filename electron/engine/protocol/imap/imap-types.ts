import type { ImapExtension, ImapOptions } from '../../../../shared/domain/account.ts'
import type { FolderContent, FolderRole } from '../../../../shared/domain/folder.ts'
import type { Flags } from '../../../../shared/domain/message.ts'
import type { Socket } from 'node:net'
import type { IncomingTarget } from '../incoming-target.ts'

export interface ImapTarget extends IncomingTarget {
  /** A connection through the proxy that is there already. */
  readonly tunnel?: Socket | undefined
  /** What the server offers and we leave alone, beside what this server is known for. */
  readonly switchedOff?: readonly ImapExtension[]
}

export interface FolderStatus {
  readonly messages: number
  readonly unseen: number
  readonly uidNext: number
  readonly uidValidity: string
  /** Decimal; null where the server has no CONDSTORE (RFC 7162) or did not say. */
  readonly highestModSeq: string | null
}

/** Of an account's IMAP options, what decides how its folders are seen. */
export type FolderListing = Pick<
  ImapOptions,
  'rootFolder' | 'sentFolder' | 'draftsFolder' | 'deletedFolder' | 'junkFolder' | 'archiveFolder'
>

/** A folder as the server lists it. Every parent path that occurs is itself in the list. */
export interface ServerFolder {
  /** The server's own path, decoded from modified UTF-7. */
  readonly path: string
  /** The last part of the path. */
  readonly name: string
  /** null: at the top, or right below the account's root folder. */
  readonly parentPath: string | null
  /** null: the server has no hierarchy. */
  readonly delimiter: string | null
  readonly role: FolderRole
  readonly isSelectable: boolean
  readonly isSubscribed: boolean
  /** undefined: the server did not say. */
  readonly hasChildren?: boolean
  /** What the folder holds; only mail is read as mail. */
  readonly content: FolderContent
  /** Only where the server reports it along with the list (LIST-STATUS, RFC 5819). */
  readonly status?: FolderStatus
}

/** How far our copy of a folder goes. */
export interface KnownState {
  readonly uidValidity: string
  /** Decimal. */
  readonly modSeq: string
}

/** What QRESYNC (RFC 7162) tells when a folder is opened. */
export interface FolderChanges {
  /** May name messages that we never had. */
  readonly vanished: UidSet
  /** Of new and of changed messages. */
  readonly flags: ReadonlyMap<number, Flags>
}

export interface SelectedFolder {
  readonly path: string
  readonly uidValidity: string
  readonly uidNext: number
  /** Number of messages when the folder was opened. */
  readonly exists: number
  readonly highestModSeq: string | null
  /** What has happened since the state that was given to `select`; null: the server can't tell, or told it wrongly. */
  readonly changes: FolderChanges | null
  /** As the server wrote them; `\*` stands for any keyword. */
  readonly permanentFlags: ReadonlySet<string>
  readonly isReadOnly: boolean
}

/** Rising and without overlaps, both ends included. It may name billions that nobody holds, so it is never spelled out. */
export type UidSet = readonly { readonly from: number; readonly to: number }[]

/** Both ends included; `*` is the newest message. */
export interface UidRange {
  readonly from: number
  readonly to: number | '*'
}

/** All that is known of a message without its body. */
export interface FetchedSummary {
  readonly uid: number
  readonly flags: Flags
  /** Bytes as the server counts them. */
  readonly size: number
  /** INTERNALDATE, epoch ms. */
  readonly receivedAt: number
  readonly modSeq: string | null
  /** The same in every folder and after a change of UIDVALIDITY (EMAILID, RFC 8474; X-GM-MSGID); null: the server has none. */
  readonly emailId: string | null
  /** The fields that we keep something of, raw, with the empty line at their end. */
  readonly header: Buffer
  /** The whole message, where it was asked for and is not very large; `header` is empty then. */
  readonly raw?: Buffer
  /** null: only the header may tell. */
  readonly hasAttachment: boolean | null
}

/** How much of a message has arrived; `total` is the server's count and may be off by a few bytes. */
export type FetchProgress = (received: number, total: number) => void
