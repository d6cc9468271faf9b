import { MailError } from '../../../shared/errors/mail-error.ts'
import type { OperationRow } from '../store/operations-table.ts'
import type { Store } from '../store/store.ts'
import { appendMessages } from './append-messages.ts'
import { copyMessages } from './copy-messages.ts'
import { createFolder } from './create-folder.ts'
import { deleteFolder } from './delete-folder.ts'
import { fileSent } from './file-sent.ts'
import { moveMessages } from './move-messages.ts'
import type { Operation, OperationKind, Reach } from './operation.ts'
import { purgeMessages } from './purge-messages.ts'
import { renameFolder } from './rename-folder.ts'
import { setFlags } from './set-flags.ts'
import { subscribe } from './subscribe.ts'

const all = [
  setFlags,
  moveMessages,
  copyMessages,
  appendMessages,
  purgeMessages,
  fileSent,
  createFolder,
  renameFolder,
  deleteFolder,
  subscribe,
]
const kinds: ReadonlyMap<string, OperationKind<never>> = new Map(all.map((kind) => [kind.kind, kind as OperationKind<never>]))

/** A stored operation with what can be done with it. */
export interface Known {
  readonly kind: OperationKind<never>
  readonly operation: Operation<never>
}

export function known(row: OperationRow): Known {
  const kind = kinds.get(row.kind)
  if (!kind) throw new MailError('store-newer', `The operation "${row.kind}" is not known to this version.`)
  return { kind, operation: row as unknown as Operation<never> }
}

/** Those that can't be done without this one, itself included, in the order in which they were made. */
export function withDependants(store: Store, first: OperationRow): readonly OperationRow[] {
  const found = [first]
  const made = reachSets(makes(first))
  for (const row of store.operations.listAll()) {
    if (row.id === first.id) continue
    const isBound = isUploadOf(row, found) || (row.id > first.id && row.kind !== setFlags.kind && overlaps(needs(row), made))
    if (!isBound) continue
    found.push(row)
    add(made, makes(row))
  }
  return found
}

/** Of a move between two accounts each half is nothing without the other. */
function isUploadOf(row: OperationRow, found: readonly OperationRow[]): boolean {
  const upload = (each: OperationRow) => (each.payload as { readonly upload?: unknown }).upload
  return found.some((each) => upload(row) === each.id || upload(each) === row.id)
}

interface ReachSets {
  readonly messages: Set<number>
  readonly folders: Set<number>
}

export function reachSets({ messages, folders }: Reach): ReachSets {
  return { messages: new Set(messages), folders: new Set(folders) }
}

export function add(sets: ReachSets, { messages, folders }: Reach): void {
  for (const id of messages) sets.messages.add(id)
  for (const id of folders) sets.folders.add(id)
}

export function overlaps({ messages, folders }: Reach, sets: ReachSets): boolean {
  return messages.some((id) => sets.messages.has(id)) || folders.some((id) => sets.folders.has(id))
}

export function makes(row: OperationRow): Reach {
  const { kind, operation } = known(row)
  return kind.makes(operation.payload)
}

export function needs(row: OperationRow): Reach {
  const { kind, operation } = known(row)
  return kind.needs(operation.payload)
}
