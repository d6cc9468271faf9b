import type { FolderRole } from '../../../../shared/domain/folder.ts'
import type { Flags } from '../../../../shared/domain/message.ts'
import type { Socket } from 'node:net'
import type { IncomingTarget } from '../incoming-target.ts'

export interface ImapTarget extends IncomingTarget {
  /** A connection through the proxy that is there already. */
  readonly tunnel?: Socket | undefined
}

export interface FolderStatus {
  readonly messages: number
  readonly unseen: number
  readonly uidNext: number
  readonly uidValidity: string
  /** Decimal; null where the server has no CONDSTORE (RFC 7162) or did not say. */
  readonly highestModSeq: string | null
}

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
  /** Only where the server reports it along with the list (LIST-STATUS, RFC 5819). */
  readonly status?: Omit<FolderStatus, 'highestModSeq'>
}

export interface SelectedFolder {
  readonly path: string
  readonly uidValidity: string
  readonly uidNext: number
  /** Number of messages when the folder was opened. */
  readonly exists: number
  readonly highestModSeq: string | null
  /** As the server wrote them; `\*` stands for any keyword. */
  readonly permanentFlags: ReadonlySet<string>
  readonly isReadOnly: boolean
}

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
  /** The header fields of `summaryFields`, raw, with the empty line at their end. */
  readonly header: Buffer
  readonly hasAttachment: boolean
}

/** How much of a message has arrived; `total` is the server's count and may be off by a few bytes. */
export type FetchProgress = (received: number, total: number) => void
