// Commands on the messages of the selected folder.
import { fetchItem, fetchItems, marksSeen } from './imap-fetch.ts'
import { pathOf } from './imap-listing.ts'
import type { StoredMessage } from './imap-mailboxes.ts'
import { searchTest } from './imap-search.ts'
import type { PlacedMessage, SelectedMailbox } from './imap-selected.ts'
import type { ImapHandler, ServedSession } from './imap-served-session.ts'
import { BadCommand, listOf, textOf, type Token } from './imap-syntax.ts'

function opened(session: ServedSession): SelectedMailbox {
  if (!session.selected) throw new BadCommand('No folder is selected')
  return session.selected
}

/** A number behind its name in a list of modifiers: `(CHANGEDSINCE 12)`. */
function modifier(args: readonly Token[], name: string): number | undefined {
  const items = args.find((arg, index) => index > 0 && arg.kind === 'list' && hasWord(arg, name))
  const list = items?.kind === 'list' ? items.items : []
  const at = list.findIndex((item) => item.kind === 'atom' && item.text.toUpperCase() === name)
  return at < 0 ? undefined : Number(textOf(list[at + 1]))
}

function hasWord(list: Token, name: string): boolean {
  return list.kind === 'list' && list.items.some((item) => item.kind === 'atom' && item.text.toUpperCase() === name)
}

function fetch(byUid: boolean): ImapHandler {
  return (session, { args }) => {
    const mailbox = opened(session)
    const since = modifier(args, 'CHANGEDSINCE')
    const asked = new Set(fetchItems(args[1]))
    if (byUid) asked.add('UID')
    if (since !== undefined) asked.add('MODSEQ')
    const isReading = !mailbox.isReadOnly && [...asked].some(marksSeen)
    for (const placed of mailbox.find(textOf(args[0]), byUid)) {
      if (since !== undefined && placed.message.modSeq <= since) continue
      const message = isReading ? markSeen(session, mailbox, placed.message) : placed.message
      if (message !== placed.message) asked.add('FLAGS')
      const values = [...asked].map((item) => fetchItem(message, item))
      session.output.sendMessage(message.uid, `* ${placed.position} FETCH (${values.join(' ')})\r\n`)
    }
    return 'OK Done'
  }
}

function markSeen(session: ServedSession, mailbox: SelectedMailbox, message: StoredMessage): StoredMessage {
  if (message.flags.has('\\Seen')) return message
  const changed = session.options.store.setFlags(mailbox.path, message.uid, [...message.flags, '\\Seen'])
  mailbox.heardOf(message.uid)
  return changed
}

function store(byUid: boolean): ImapHandler {
  return (session, { args }) => {
    const mailbox = opened(session)
    if (mailbox.isReadOnly) return 'NO [READ-ONLY] The folder is open for reading only'
    const unchangedSince = modifier(args, 'UNCHANGEDSINCE') ?? Number.POSITIVE_INFINITY
    const [how = '', ...names] = storeWords(args)
    const modified: number[] = []
    for (const placed of mailbox.find(textOf(args[0]), byUid)) {
      if (placed.message.modSeq > unchangedSince) modified.push(byUid ? placed.message.uid : placed.position)
      else change(session, mailbox, { placed, how, names, byUid })
    }
    return modified.length > 0 ? `OK [MODIFIED ${modified.join(',')}] Some had changed` : 'OK Done'
  }
}

/** `+FLAGS` and the flags, which may come without parentheses. */
function storeWords(args: readonly Token[]): readonly string[] {
  const at = args.findIndex((arg) => arg.kind === 'atom' && /^[+-]?FLAGS/i.test(arg.text))
  const flags = args.slice(at + 1).flatMap((arg) => (arg.kind === 'list' ? listOf(arg) : [arg]))
  return [textOf(args[at]).toUpperCase(), ...flags.map(textOf)]
}

interface FlagChange {
  readonly placed: PlacedMessage
  readonly how: string
  readonly names: readonly string[]
  readonly byUid: boolean
}

function change(session: ServedSession, mailbox: SelectedMailbox, { placed, how, names, byUid }: FlagChange): void {
  const before = placed.message.flags
  const kept = how.startsWith('-') ? [...before].filter((flag) => !names.includes(flag)) : names
  const flags = how.startsWith('+') ? [...before, ...names] : kept
  const message = session.options.store.setFlags(mailbox.path, placed.message.uid, flags)
  mailbox.heardOf(message.uid)
  const hasModSeq = session.enabled.has('CONDSTORE')
  if (how.endsWith('.SILENT') && !hasModSeq) return
  const items = [...(byUid ? ['UID'] : []), ...(how.endsWith('.SILENT') ? [] : ['FLAGS']), ...(hasModSeq ? ['MODSEQ'] : [])]
  session.send(`* ${placed.position} FETCH (${items.map((item) => fetchItem(message, item)).join(' ')})`)
}

function search(byUid: boolean): ImapHandler {
  return (session, { args }) => {
    const mailbox = opened(session)
    const { lastPosition, lastUid } = mailbox
    const test = searchTest(args, { lastPosition, lastUid, positionOf: (message) => mailbox.positionOf(message.uid) })
    const found = mailbox.all().filter(({ message }) => test(message))
    session.send(['* SEARCH', ...found.map(({ position, message }) => (byUid ? message.uid : position))].join(' '))
    return 'OK Done'
  }
}

function copy(byUid: boolean, isMove: boolean): ImapHandler {
  return (session, { args }) => {
    const mailbox = opened(session)
    const { store: mailboxes } = session.options
    const target = mailboxes.find(pathOf(args[1]))
    if (!target?.isSelectable) return 'NO [TRYCREATE] There is no such folder'
    const sources = mailbox.find(textOf(args[0]), byUid).map(({ message }) => message)
    const copies = sources.map(({ raw, flags, internalDate }) => mailboxes.deliver(target.path, raw, [...flags], internalDate))
    const uidsOf = (messages: readonly StoredMessage[]) => messages.map((message) => message.uid).join(',')
    const code = `[COPYUID ${target.uidValidity} ${uidsOf(sources)} ${uidsOf(copies)}]`
    if (isMove) {
      // RFC 6851: said before the messages go.
      session.send(`* OK ${code} Moved`)
      mailboxes.expunge(mailbox.path, new Set(sources.map((message) => message.uid)))
    }
    return !isMove && session.has('UIDPLUS') && sources.length > 0 ? `OK ${code} Copied` : 'OK Done'
  }
}

const expunge: ImapHandler = (session, { name, args }) => {
  const mailbox = opened(session)
  if (mailbox.isReadOnly) return 'NO [READ-ONLY] The folder is open for reading only'
  removeMarked(session, mailbox, name === 'UID EXPUNGE' ? mailbox.find(textOf(args[0]), true) : mailbox.all())
  return 'OK Done'
}

function removeMarked(session: ServedSession, mailbox: SelectedMailbox, candidates: readonly PlacedMessage[]): void {
  const marked = candidates.filter(({ message }) => message.flags.has('\\Deleted'))
  session.options.store.expunge(mailbox.path, new Set(marked.map(({ message }) => message.uid)))
}

const close: ImapHandler = (session) => {
  const mailbox = opened(session)
  if (!mailbox.isReadOnly) removeMarked(session, mailbox, mailbox.all())
  session.select(undefined)
  return 'OK Done'
}

const unselect: ImapHandler = (session) => {
  opened(session)
  session.select(undefined)
  return 'OK Done'
}

export const messageCommands: Readonly<Record<string, ImapHandler>> = {
  FETCH: fetch(false),
  'UID FETCH': fetch(true),
  STORE: store(false),
  'UID STORE': store(true),
  SEARCH: search(false),
  'UID SEARCH': search(true),
  COPY: copy(false, false),
  'UID COPY': copy(true, false),
  MOVE: copy(false, true),
  'UID MOVE': copy(true, true),
  EXPUNGE: expunge,
  'UID EXPUNGE': expunge,
  CHECK: () => 'OK Done',
  CLOSE: close,
  UNSELECT: unselect,
}
