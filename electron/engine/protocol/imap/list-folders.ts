import type { FolderContent } from '../../../../shared/domain/folder.ts'
import { contentByKolabType, type ServerFacts } from './folder-content.ts'
import { fetchKolabTypes, fetchStatuses } from './folder-commands.ts'
import type { ImapConnection } from './imap-connection.ts'
import type { FolderListing, FolderStatus, ServerFolder } from './imap-types.ts'
import { toServerFolders, toStatus } from './server-folders.ts'
import { chunksOf } from './uid-sets.ts'

/** Commands on their way at once. */
const statusesAtOnce = 50

/** All folders, parents included. With a root folder only INBOX and what lies below the root. No folder is open afterwards. */
export async function listFolders(connection: ImapConnection, listing: FolderListing): Promise<readonly ServerFolder[]> {
  const { client } = connection
  const delimiter = client.namespace?.delimiter || null
  const reference = listing.rootFolder === '' || delimiter === null ? '' : listing.rootFolder + delimiter
  return connection.run({ action: 'list the folders' }, async () => {
    // Of an open folder servers tell in STATUS what this connection has seen, not what is there.
    await client.leaveFolder()
    const listed = [...(await client.listBelow(reference))]
    // RFC 2342 5: what lies in these is not part of "everything".
    for (const prefix of reference === '' ? hiddenNamespaces(client.namespaces) : []) listed.push(...(await client.listBelow(prefix)))
    return toServerFolders(listed, listing, serverFacts(connection)).map((folder) => withoutStale(folder, client.mailbox))
  })
}

/** The folder that could not be left (no UNSELECT): what is said of it is not to be relied on. */
function withoutStale(folder: ServerFolder, open: ImapConnection['client']['mailbox']): ServerFolder {
  if (!open || open.path !== folder.path) return folder
  const { status: _, ...rest } = folder
  return rest
}

/** What of these folders is no mail, where the server keeps notes about it (RFC 5464, as Kolab does). Empty elsewhere. */
export async function folderTypes(connection: ImapConnection): Promise<ReadonlyMap<string, FolderContent>> {
  const types = await connection.run({ action: 'ask for the kinds of folders' }, (client) => fetchKolabTypes(client))
  return new Map([...types].flatMap(([path, type]) => entryOf(path, contentByKolabType(type))))
}

/** Counts of several folders at once; those that the server does not know are left out. */
export async function folderStatuses(connection: ImapConnection, paths: readonly string[]): Promise<ReadonlyMap<string, FolderStatus>> {
  const found = new Map<string, FolderStatus>()
  for (const chunk of chunksOf(paths, statusesAtOnce)) {
    const statuses = await connection.run({ action: 'count the messages' }, async (client) => {
      await client.leaveFolder()
      return fetchStatuses(client, chunk)
    })
    for (const status of statuses) found.set(status.path, toStatus(status))
  }
  return found
}

function serverFacts({ client }: ImapConnection): ServerFacts {
  return { greeting: client.greeting ?? '', identity: Object.values(client.serverInfo ?? {}).join(' ') }
}

function hiddenNamespaces(namespaces: ImapConnection['client']['namespaces']): readonly string[] {
  const foreign = [...(namespaces?.other || []), ...(namespaces?.shared || [])]
  return foreign.map(({ prefix }) => prefix).filter((prefix) => prefix.startsWith('#'))
}

function entryOf(path: string, content: FolderContent | undefined): readonly [string, FolderContent][] {
  return content === undefined ? [] : [[path, content]]
}
