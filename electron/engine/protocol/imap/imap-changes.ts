import { headerFacts } from '../../mime/facts.ts'
import type { ImapConnection } from './imap-connection.ts'
import { chunksOf, packUids } from './uid-sets.ts'

const uidsPerCommand = 500

/** Which UID each message has got where it went, if the server says so (COPYUID, RFC 4315). */
export type LandedUids = ReadonlyMap<number, number> | undefined

export interface Arrived {
  readonly uid: number
  readonly size: number
  /** INTERNALDATE, epoch ms. */
  readonly receivedAt: number
  /** Message-ID, or ''. */
  readonly header: string
}

/** Commands that change what is on the server. Those about messages speak of the selected folder. */
export class ImapChanges {
  readonly #connection: ImapConnection

  constructor(connection: ImapConnection) {
    this.#connection = connection
  }

  get canMove(): boolean {
    return this.#connection.client.capabilities.has('MOVE')
  }

  /** Whether given messages can be expunged without those that somebody else has marked. */
  get canExpungeSome(): boolean {
    return this.#connection.client.capabilities.has('UIDPLUS')
  }

  /** What all of the user's own paths begin with, `INBOX.` on some servers; '' on most (RFC 2342). */
  get personalPrefix(): string {
    return this.#connection.client.namespaces?.personal?.[0]?.prefix ?? ''
  }

  /** Messages that are gone are left out without a word. At most a few hundred at a time. */
  async move(uids: readonly number[], path: string): Promise<LandedUids> {
    const doing = { action: 'move messages', path }
    const answer = await this.#connection.accepted(doing, (client) => client.messageMove(packUids(uids), path, { uid: true }))
    return answer.uidMap
  }

  async copy(uids: readonly number[], path: string): Promise<LandedUids> {
    const doing = { action: 'copy messages', path }
    const answer = await this.#connection.accepted(doing, (client) => client.messageCopy(packUids(uids), path, { uid: true }))
    return answer.uidMap
  }

  /** For ever, those of these messages that are marked as deleted. Needs UIDPLUS. */
  async expunge(uids: readonly number[]): Promise<void> {
    for (const chunk of chunksOf(uids, uidsPerCommand)) {
      await this.#expunge('UID EXPUNGE', [{ type: 'SEQUENCE', value: packUids(chunk) }])
    }
  }

  /** For ever, everything in the folder that is marked as deleted, whoever marked it. */
  async expungeAll(): Promise<void> {
    await this.#expunge('EXPUNGE', false)
  }

  async findByMessageId(header: string): Promise<readonly number[]> {
    return this.#search({ header: { 'message-id': header } })
  }

  /** As Microsoft's servers keep the Message-ID that they have replaced. */
  async findByReplacedMessageId(header: string): Promise<readonly number[]> {
    return this.#search({ header: { 'x-microsoft-original-message-id': header } })
  }

  /** Those of the given UIDs that are there. */
  async existing(uids: readonly number[]): Promise<ReadonlySet<number>> {
    const found = new Set<number>()
    for (const chunk of chunksOf(uids, uidsPerCommand)) {
      for (const uid of await this.#search({ uid: packUids(chunk) })) found.add(uid)
    }
    return found
  }

  async markedAsDeleted(): Promise<readonly number[]> {
    return this.#search({ deleted: true })
  }

  /** What has arrived in the selected folder from a UID on, with as much of it as a message is known again by. */
  async arrivedSince(uid: number): Promise<readonly Arrived[]> {
    const query = { uid: true, size: true, internalDate: true, headers: ['message-id'] }
    const answers = await this.#connection.run({ action: 'look for messages' }, (client) =>
      client.fetchAll(`${uid}:*`, query, { uid: true }),
    )
    return answers
      .filter((answer) => answer.uid >= uid && answer.headers)
      .map(({ uid: own, size = 0, internalDate, headers }) => ({
        uid: own,
        size,
        receivedAt: new Date(internalDate ?? 0).getTime() || 0,
        header: headers ? headerFacts(headers).envelope.messageIdHeader : '',
      }))
  }

  async folderExists(path: string): Promise<boolean> {
    const listed = await this.#connection.run({ action: 'list the folders' }, (client) => client.list())
    return listed.some((folder) => folder.path === path)
  }

  async renameFolder(path: string, newPath: string): Promise<void> {
    await this.#connection.run({ action: 'rename a folder', path }, (client) => client.mailboxRename(path, newPath))
  }

  async deleteFolder(path: string): Promise<void> {
    await this.#connection.run({ action: 'delete a folder', path }, (client) => client.mailboxDelete(path))
  }

  async unsubscribe(path: string): Promise<void> {
    await this.#connection.accepted({ action: 'hide a folder', path }, (client) => client.mailboxUnsubscribe(path))
  }

  /** The library's own call marks the messages first. */
  async #expunge(command: string, attributes: unknown): Promise<void> {
    await this.#connection.run({ action: 'remove deleted messages' }, async (client) => (await client.exec(command, attributes)).next())
  }

  async #search(query: Parameters<ImapConnection['client']['search']>[0]): Promise<readonly number[]> {
    return this.#connection.accepted({ action: 'look for messages' }, (client) => client.search(query, { uid: true }))
  }
}
