// Commands on folders as a whole, and APPEND.
import { fetchItem } from './imap-fetch.ts'
import type { StoredFolder } from './imap-mailboxes.ts'
import { listLines, lsubLines, pathOf, statusLine } from './imap-listing.ts'
import { SelectedMailbox } from './imap-selected.ts'
import type { ImapHandler, ServedSession } from './imap-served-session.ts'
import { listOf, parseDate, textOf, type Token } from './imap-syntax.ts'

const systemFlags = '\\Answered \\Flagged \\Deleted \\Seen \\Draft'
const missing = 'NO [NONEXISTENT] There is no such folder'

function select(isReadOnly: boolean): ImapHandler {
  return (session, { args }) => {
    const { store } = session.options
    session.select(undefined)
    const folder = store.find(pathOf(args[0]))
    if (!folder?.isSelectable) return missing
    session.select(new SelectedMailbox(store, folder, isReadOnly))
    session.send(...selectLines(session, folder, isReadOnly), ...changeLines(session, folder, args[1]))
    return isReadOnly ? 'OK [READ-ONLY] Opened' : 'OK [READ-WRITE] Opened'
  }
}

function selectLines(session: ServedSession, folder: StoredFolder, isReadOnly: boolean): readonly string[] {
  return [
    `* FLAGS (${systemFlags} $Forwarded)`,
    `* OK [PERMANENTFLAGS (${isReadOnly ? '' : `${systemFlags} $Forwarded \\*`})] Kept`,
    `* ${folder.messages.length} EXISTS`,
    '* 0 RECENT',
    `* OK [UIDVALIDITY ${folder.uidValidity}] Valid`,
    `* OK [UIDNEXT ${folder.uidNext}] Next`,
    ...(session.has('CONDSTORE') ? [`* OK [HIGHESTMODSEQ ${folder.highestModSeq}] Highest`] : []),
  ]
}

/** QRESYNC (RFC 7162 3.2.5): what has happened since the state that the client names. */
function changeLines(session: ServedSession, folder: StoredFolder, parameters: Token | undefined): readonly string[] {
  const [name, known] = parameters?.kind === 'list' ? parameters.items : []
  if (!session.enabled.has('QRESYNC') || !name || textOf(name).toUpperCase() !== 'QRESYNC' || known?.kind !== 'list') return []
  const [uidValidity, since] = known.items.map((item) => Number(textOf(item)))
  if (uidValidity !== folder.uidValidity || since === undefined) return []
  const gone = folder.expunged.filter(({ modSeq }) => modSeq > since).map(({ uid }) => uid)
  const changed = folder.messages.flatMap((message, index) =>
    message.modSeq > since
      ? [`* ${index + 1} FETCH (UID ${message.uid} ${fetchItem(message, 'FLAGS')} ${fetchItem(message, 'MODSEQ')})`]
      : [],
  )
  return [...(gone.length > 0 ? [`* VANISHED (EARLIER) ${gone.join(',')}`] : []), ...changed]
}

const list: ImapHandler = (session, { args }) => {
  session.send(...listLines(session.options.store, args))
  return 'OK Done'
}

const lsub: ImapHandler = (session, { args }) => {
  session.send(...lsubLines(session.options.store, args))
  return 'OK Done'
}

const status: ImapHandler = (session, { args }) => {
  const folder = session.options.store.find(pathOf(args[0]))
  if (!folder?.isSelectable) return missing
  session.send(statusLine(folder, listOf(args[1])))
  return 'OK Done'
}

const create: ImapHandler = (session, { args }) => {
  const { store } = session.options
  const path = pathOf(args[0])
  if (store.find(path)) return 'NO [ALREADYEXISTS] It is there already'
  store.create(path)
  return 'OK Done'
}

const remove: ImapHandler = (session, { args }) => {
  const { store } = session.options
  const path = pathOf(args[0])
  if (path.toUpperCase() === 'INBOX') return 'NO [CANNOT] INBOX stays'
  if (!store.find(path)) return missing
  store.remove(path)
  return 'OK Done'
}

const rename: ImapHandler = (session, { args }) => {
  const { store } = session.options
  const [from, to] = [pathOf(args[0]), pathOf(args[1])]
  if (!store.find(from)) return missing
  if (store.find(to)) return 'NO [ALREADYEXISTS] It is there already'
  store.rename(from, to)
  return 'OK Done'
}

function subscribe(isSubscribed: boolean): ImapHandler {
  return (session, { args }) => {
    const { store } = session.options
    const path = pathOf(args[0])
    if (!store.find(path)) return missing
    store.subscribe(path, isSubscribed)
    return 'OK Done'
  }
}

const append: ImapHandler = (session, { args }) => {
  const { store } = session.options
  const folder = store.find(pathOf(args[0]))
  if (!folder?.isSelectable) return 'NO [TRYCREATE] There is no such folder'
  const flags = args[1]?.kind === 'list' ? args[1].items.map(textOf) : []
  const date = args.length > 2 && args.at(-2)?.kind === 'string' ? parseDate(textOf(args.at(-2))) : undefined
  const { uid } = store.deliver(folder.path, Buffer.from(textOf(args.at(-1)), 'latin1'), flags, date)
  return session.has('UIDPLUS') ? `OK [APPENDUID ${folder.uidValidity} ${uid}] Stored` : 'OK Stored'
}

export const folderCommands: Readonly<Record<string, ImapHandler>> = {
  SELECT: select(false),
  EXAMINE: select(true),
  LIST: list,
  LSUB: lsub,
  STATUS: status,
  CREATE: create,
  DELETE: remove,
  RENAME: rename,
  SUBSCRIBE: subscribe(true),
  UNSUBSCRIBE: subscribe(false),
  APPEND: append,
}
