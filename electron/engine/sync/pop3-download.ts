import type { Pop3Options } from '../../../shared/domain/account.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'
import { arrivedAt } from '../mime/arrived-at.ts'
import { headerFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { NewUidl } from '../store/uidls-table.ts'
import type { Pop3SyncContext } from './pop3-context.ts'
import { headerHash } from './pop3-header.ts'
import { Intake, type Ready } from './pop3-intake.ts'
import type { NamedMessage } from './pop3-naming.ts'

/** Headers that are committed together. */
const batchHeaders = 200

/** Fetches whole messages into the store. Returns those that are there now; P4: what had arrived whole is kept whatever happens. */
export async function downloadBodies(
  context: Pop3SyncContext,
  inbox: FolderId,
  messages: readonly NamedMessage[],
): Promise<Set<NamedMessage>> {
  const { session, store, progress } = context
  const stored = new Set<NamedMessage>()
  const byNumber = new Map(messages.map((message) => [message.number, message]))
  const intake = new Intake(messages.length, context.clock, (arrived) => {
    commitBodies(context, inbox, arrived)
    for (const { message } of arrived) stored.add(message)
  })
  const tell = new DownloadText(messages)
  if (messages.length > 0) progress.say(tell.next())
  try {
    await session.retrieveTo({
      numbers: [...byNumber.keys()],
      receive: () => {
        const writer = store.bodies.writer()
        return {
          write: (piece) => {
            progress.got(0, piece.length)
            tell.arrived(piece.length)
            return writer.write(piece)
          },
          end: () => writer.end(),
          discard: () => writer.discard(),
        }
      },
      handle: async (number, written) => {
        const message = byNumber.get(number)
        if (!message) return
        progress.got(1, 0)
        progress.say(tell.next())
        await intake.take({ message, written })
      },
      onRefused: () => progress.note('A message went from the server before it was its turn: another program has taken or deleted it.'),
    })
  } finally {
    await intake.finish()
  }
  return stored
}

class DownloadText {
  readonly #count: number
  readonly #bytesTotal: number
  #number = 0
  #bytes = 0

  constructor(messages: readonly NamedMessage[]) {
    this.#count = messages.length
    this.#bytesTotal = messages.reduce((sum, { size }) => sum + size, 0)
  }

  arrived(bytes: number): void {
    this.#bytes += bytes
  }

  next(): string {
    const number = Math.min((this.#number += 1), this.#count)
    return `Downloading message ${number} of ${this.#count} (${megabytes(this.#bytes)} of ${megabytes(this.#bytesTotal)} MB)`
  }
}

function megabytes(bytes: number): string {
  const count = bytes / 1_000_000
  return count < 10 ? count.toFixed(1) : String(Math.round(count))
}

/** P2: bodies first, each flushed to the disk; then rows and UIDLs in one transaction. */
function commitBodies({ store, account, clock }: Pop3SyncContext, inbox: FolderId, read: readonly Ready[]): void {
  store.bodies.putPacked(read.flatMap(({ packed }) => packed ?? []))
  const now = clock.now()
  store.transaction(() => {
    const fresh = read.filter(({ message }) => !heldRow(message))
    const ids = store.messages.addMany(
      fresh.map(({ message, facts, receivedAt, body }) => ({
        folder: inbox,
        account: account.id,
        facts,
        flags: {},
        size: body.size,
        receivedAt,
        body,
        uidl: message.uidl,
      })),
    )
    const rows = new Map<NamedMessage, MessageId | undefined>(fresh.map(({ message }, index) => [message, ids[index]]))
    const filled = store.messages.recordBodies(
      read.flatMap(({ message, body, facts }) => {
        const id = heldRow(message)
        return id === null ? [] : { id, body, facts }
      }),
    )
    for (const { message } of read) {
      const row = heldRow(message)
      // Else the user has deleted it meanwhile.
      if (row !== null && filled.has(row)) rows.set(message, row)
    }
    store.uidls.record(
      account.id,
      read.map(({ message, headerHash: hash }) => ({
        ...recordOf(message, hash),
        message: rows.get(message) ?? null,
        state: 'downloaded' as const,
        downloadedAt: now,
        mark: markAfter(message, account.pop3),
      })),
    )
  })
}

/** "Retrieve" is done only once the server has deleted it as well; a copy stays there even if the account keeps none. */
function markAfter({ record }: NamedMessage, { leaveOnServer }: Pop3Options): Mark | null {
  if (record?.mark === 'retrieve') return 'retrieve'
  return record?.mark === 'retrieve-copy' && !leaveOnServer ? 'retrieve-copy' : null
}

function heldRow({ record }: NamedMessage): MessageId | null {
  return record?.state === 'header-only' ? record.message : null
}

function recordOf({ uidl, size }: NamedMessage, hash: string): Pick<NewUidl, 'uidl' | 'size' | 'headerHash'> {
  return { uidl, size, headerHash: hash }
}

/** P10: rows of new messages from their headers alone. `read` holds headers that are here already. */
export async function downloadHeaders(
  context: Pop3SyncContext,
  inbox: FolderId,
  wanted: { readonly messages: readonly NamedMessage[]; readonly read: ReadonlyMap<number, Buffer> },
): Promise<void> {
  const { progress } = context
  let batch: HeaderArrived[] = []
  let count = 0
  const flush = () => {
    const arrived = batch
    batch = []
    if (arrived.length > 0) commitHeaders(context, inbox, arrived)
  }
  const take = (message: NamedMessage, header: Buffer) => {
    batch.push({ message, header })
    progress.got(1, 0)
    progress.say(`Receiving header ${(count += 1)} of ${wanted.messages.length}`)
    if (batch.length >= batchHeaders) flush()
  }
  try {
    for (const message of wanted.messages) {
      const header = wanted.read.get(message.number)
      if (header) take(message, header)
    }
    await topAll(
      context,
      wanted.messages.filter(({ number }) => !wanted.read.has(number)),
      take,
    )
  } finally {
    flush()
  }
}

/** TOP n 0 for each; a message that went meanwhile is left out. */
export async function topAll(
  { session }: Pop3SyncContext,
  messages: readonly NamedMessage[],
  handle: (message: NamedMessage, header: Buffer) => void,
): Promise<void> {
  const byNumber = new Map(messages.map((message) => [message.number, message]))
  await session.topAll(
    [...byNumber.keys()],
    (number, header) => {
      const message = byNumber.get(number)
      if (message) handle(message, header)
    },
    () => {
      // It went while we looked; the next connection will not list it.
    },
  )
}

interface HeaderArrived {
  readonly message: NamedMessage
  readonly header: Buffer
}

function commitHeaders({ store, account, clock }: Pop3SyncContext, inbox: FolderId, arrived: readonly HeaderArrived[]): void {
  const now = clock.now()
  store.transaction(() => {
    const ids = store.messages.addMany(
      arrived.map(({ message, header }) => ({
        folder: inbox,
        account: account.id,
        facts: headerFacts(header),
        flags: {},
        size: message.size,
        receivedAt: arrivedAt(parseMessage(header), now),
        body: null,
        uidl: message.uidl,
      })),
    )
    store.uidls.record(
      account.id,
      arrived.map(({ message, header }, index) => ({
        ...recordOf(message, headerHash(header)),
        message: ids[index] ?? null,
        state: 'header-only' as const,
        downloadedAt: null,
      })),
    )
  })
}
