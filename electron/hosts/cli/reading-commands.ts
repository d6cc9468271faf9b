import type { Folder } from '../../../shared/domain/folder.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { htmlToText } from '../../engine/mime/html-to-text.ts'
import { parseMessage } from '../../engine/mime/parse-message.ts'
import { readable } from '../../engine/mime/readable.ts'
import { fetchBody } from '../../engine/api/messages-api.ts'
import { UsageError } from './arguments.ts'
import type { CliContext } from './cli-context.ts'

/** What local folders are called where an account's name would stand. */
const localName = 'Local Folders'

export function listFolders({ engine, args, print }: CliContext): void {
  const { store } = engine.parts
  const rows = store.folders.list().map((folder) => ({
    id: folder.id,
    account: accountName({ engine }, folder),
    path: folder.path,
    role: folder.role,
    total: folder.total,
    unread: folder.unread,
  }))
  if (args.json) print(JSON.stringify(rows))
  else for (const row of rows) print(`${row.account}/${row.path}\t${row.unread} unread\t${row.total} in all`)
}

export function listMessages(context: CliContext): void {
  const { args } = context
  if (args.folder === undefined) throw new UsageError('list needs --folder <account/path>.')
  const folder = folderNamed(context, args.folder)
  printView(context, { folder: folder.id, search: null })
}

export function searchMessages(context: CliContext, words: readonly string[]): void {
  if (words.length === 0) throw new UsageError('search needs something to look for.')
  printView(context, { folder: null, search: words.join(' ') })
}

export async function showMessage(context: CliContext, words: readonly string[]): Promise<void> {
  const { engine, args, print } = context
  if (!/^\d+$/.test(words[0] ?? '')) throw new UsageError('show needs the id of a message.')
  const id = Number(words[0]) as MessageId
  const { store } = engine.parts
  if (!store.messages.details(id).body) await fetchBody(engine.parts, id, AbortSignal.timeout(300_000))
  const { body } = store.messages.details(id)
  if (!body) throw new MailError('body-not-here', 'Only the header of this message is here.')
  const raw = store.bodies.read(body)
  if (args.raw) return print(raw)
  const { text, html } = readable(parseMessage(raw))
  print(text ?? (html === null ? '' : htmlToText(html)))
}

function printView(
  context: CliContext,
  { folder, search }: { readonly folder: Folder['id'] | null; readonly search: string | null },
): void {
  const { engine, args, print } = context
  const { views, messages } = engine.parts.store
  const view = views.open({ folder, sort: 'received', descending: true, search }, 1, null)
  const last = Math.min(view.total, args.offset + args.limit)
  for (let from = args.offset; from < last; from += 500) {
    for (const row of views.rows(view.view, from, Math.min(500, last - from)).rows) {
      const { messageIdHeader, uid, uidl, body } = messages.details(row.id)
      if (!args.json) {
        print(`${row.id}\t${new Date(row.receivedAt).toISOString()}\t${row.from}\t${row.subject}`)
        continue
      }
      print(
        JSON.stringify({
          id: row.id,
          messageId: messageIdHeader,
          ...(uid !== null && { uid }),
          ...(uidl !== null && { uidl }),
          subject: row.subject,
          from: row.from,
          date: new Date(row.sentAt).toISOString(),
          size: row.size,
          flags: Object.entries(row.flags).flatMap(([name, isSet]) => (isSet ? [name] : [])),
          state: row.state,
          ...(body && { sha256: body.hash }),
        }),
      )
    }
  }
  views.close(view.view)
}

function folderNamed(context: CliContext, name: string): Folder {
  const { store } = context.engine.parts
  const found = store.folders.list().find((folder) => `${accountName(context, folder)}/${folder.path}` === name)
  if (!found) throw new MailError('bad-input', `There is no folder "${name}". The command "folders" lists them.`)
  return found
}

function accountName({ engine }: Pick<CliContext, 'engine'>, folder: Folder): string {
  return folder.account === null ? localName : engine.parts.store.accounts.get(folder.account).name
}
