import type { Account } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'

/** What stands between the parts of a path in the account, as its folders show; undefined: none lies below another yet. */
export function delimiterOf(store: Store, account: AccountId): string | undefined {
  const folders = new Map(store.folders.list().flatMap((folder) => (folder.account === account ? [[folder.id, folder] as const] : [])))
  for (const { parent, path, name } of folders.values()) {
    const above = parent === null ? undefined : folders.get(parent)
    if (above && path.startsWith(above.path) && path.length === above.path.length + 1 + name.length) return path.charAt(above.path.length)
  }
  const { rootFolder } = store.accounts.get(account).imap
  const below =
    rootFolder === '' ? undefined : [...folders.values()].find(({ path }) => path.length > rootFolder.length && path.startsWith(rootFolder))
  return below?.path.charAt(rootFolder.length)
}

/** Where no folder shows it: what most servers have. The server's own is asked for when the folder is made there. */
export const usualDelimiter = '/'

export interface NewPath {
  readonly account: AccountId | null
  readonly parent: Folder | null
  readonly name: string
}

export function pathFor(store: Store, { account, parent, name }: NewPath): string {
  if (account === null) return parent ? `${parent.path}/${inLocalPath(name)}` : inLocalPath(name)
  const known = delimiterOf(store, account)
  if (known !== undefined && name.includes(known)) {
    throw new MailError('bad-input', `The server of this account takes "${known}" as the end of a folder's name. Choose a name without it.`)
  }
  const above = parent?.path ?? topOf(store, store.accounts.get(account), known)
  return above === '' ? name : `${above}${known ?? usualDelimiter}${name}`
}

/** Local folders have paths, too: by them they are unique. A slash in a name is none between two names. */
function inLocalPath(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F')
}

/** '' for none. Some servers keep all folders below INBOX: then that is where new ones belong. */
function topOf(store: Store, account: Account, delimiter: string | undefined): string {
  if (account.imap.rootFolder !== '') return account.imap.rootFolder
  const others = store.folders.list().filter((folder) => folder.account === account.id && folder.role !== 'inbox')
  const isBelowInbox = delimiter !== undefined && others.length > 0 && others.every(({ path }) => path.startsWith(`INBOX${delimiter}`))
  return isBelowInbox ? 'INBOX' : ''
}

/** The folder and all below it, parents first. */
export function withDescendants(store: Store, folder: FolderId): readonly Folder[] {
  const all = store.folders.list()
  const found = [store.folders.get(folder)]
  for (const each of found) found.push(...all.filter(({ parent }) => parent === each.id))
  return found
}

/** A folder that is called otherwise, and with it all below it. */
export interface Relocation {
  readonly from: string
  readonly to: string
}

/** A folder gets another path, and all below it with it. */
export function moveInTree(store: Store, folder: FolderId, { from, to }: Relocation): void {
  for (const { id, path } of withDescendants(store, folder)) store.folders.update(id, { path: to + path.slice(from.length) })
}

/** What waits for the server speaks of the folder by its new path. */
export function rewriteWaiting(store: Store, account: AccountId, change: Relocation): void {
  const delimiter = delimiterOf(store, account) ?? usualDelimiter
  const relocate = (path: string) =>
    path === change.from || path.startsWith(change.from + delimiter) ? change.to + path.slice(change.from.length) : path
  for (const { id, payload } of store.operations.list(account)) {
    const rewritten = rewrite(payload, relocate)
    if (JSON.stringify(rewritten) !== JSON.stringify(payload)) store.operations.setPayload(id, rewritten)
  }
}

const pathKeys: ReadonlySet<string> = new Set(['path', 'newPath', 'parentPath'])

function rewrite(value: unknown, relocate: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => rewrite(each, relocate))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === 'string' && pathKeys.has(key) ? relocate(each) : rewrite(each, relocate),
    ]),
  )
}
