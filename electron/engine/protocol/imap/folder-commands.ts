// Commands about folders that the library lacks.
import type { ImapClient, ListedFolder } from './imap-client.ts'
import { verbatim } from './imap-client.ts'
import { decodeFolderName, encodeFolderName } from './modified-utf7.ts'
import { quoted, readMetadata, readStatus } from './untagged-lines.ts'

type Status = NonNullable<ListedFolder['status']>

/** STATUS of several folders in one round trip; what the server refuses is left out. */
export async function fetchStatuses(client: ImapClient, paths: readonly string[]): Promise<readonly Status[]> {
  const found: Status[] = []
  const items = `(MESSAGES UNSEEN UIDNEXT UIDVALIDITY${client.hasModSeq ? ' HIGHESTMODSEQ' : ''})`
  const isUtf8 = client.enabled.has('UTF8=ACCEPT')
  const lines = paths.map((path, index) => `PR${index} STATUS ${quoted(isUtf8 ? path : encodeFolderName(path))} ${items}`)
  const STATUS = async (line: unknown) => {
    const status = readStatus(line, isUtf8)
    if (status) found.push(status)
  }
  // The library sends one command at a time. Answers to tags that it does not know it skips, and waits for the last one.
  if (lines.length > 0) await client.perform('NOOP', false, { untagged: { STATUS }, before: lines.join('\r\n') })
  return found
}

/** Path and type of each folder that has one (RFC 5464). A refusal means that there are none. */
export async function fetchKolabTypes(client: ImapClient): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  if (!client.capabilities.has('METADATA')) return found
  const entries = ['/shared/vendor/kolab/folder-type', '/private/vendor/kolab/folder-type']
  const METADATA = async (line: unknown) => {
    const [path, value] = readMetadata(line)
    if (path && value) found.set(client.enabled.has('UTF8=ACCEPT') ? path : decodeFolderName(path), value)
  }
  try {
    await client.perform('GETMETADATA', ['*', entries.map(verbatim)], { untagged: { METADATA } })
  } catch (error) {
    if (!client.lastRefusal) throw error
  }
  return found
}
