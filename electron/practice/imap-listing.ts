// LIST, LSUB and STATUS: which folders, and what is said of each (RFC 3501, 5258, 5819, 6154).
import type { ImapStore, StoredFolder } from './imap-mailboxes.ts'
import { BadCommand, listOf, nstring, quoted, textOf, type Token } from './imap-syntax.ts'
import { decodeMailboxName, encodeMailboxName } from './imap-utf7.ts'

export function pathOf(token: Token | undefined): string {
  return decodeMailboxName(textOf(token))
}

export function pathText(path: string): string {
  return quoted(encodeMailboxName(path))
}

export function listLines(store: ImapStore, args: readonly Token[]): readonly string[] {
  const [reference, pattern, word, options] = args[0]?.kind === 'list' ? args.slice(1) : args
  const patterns = pattern?.kind === 'list' ? pattern.items.map(textOf) : [textOf(pattern)]
  if (patterns.join('') === '') return [`* LIST (\\Noselect) ${nstring(store.delimiter ?? undefined)} ""`]
  const wanted = word && textOf(word).toUpperCase() === 'RETURN' ? listOf(options) : []
  const asked = new Set(wanted.map((token) => (token.kind === 'atom' ? token.text.toUpperCase() : '')))
  const statusItems = wanted.find((token) => token.kind === 'list')
  return matching(store, textOf(reference), patterns).flatMap((folder) => {
    const subscribed = asked.has('SUBSCRIBED') && folder.isSubscribed ? ['\\Subscribed'] : []
    const line = `* LIST (${[...attributes(store, folder), ...subscribed].join(' ')}) ${place(store, folder)}`
    return statusItems && folder.isSelectable ? [line, statusLine(folder, listOf(statusItems))] : [line]
  })
}

export function lsubLines(store: ImapStore, [reference, pattern]: readonly Token[]): readonly string[] {
  const folders = matching(store, textOf(reference), [textOf(pattern)]).filter((folder) => folder.isSubscribed)
  return folders.map((folder) => `* LSUB () ${place(store, folder)}`)
}

export function statusLine(folder: StoredFolder, items: readonly Token[]): string {
  const values: Readonly<Record<string, number>> = {
    MESSAGES: folder.messages.length,
    RECENT: 0,
    UIDNEXT: folder.uidNext,
    UIDVALIDITY: folder.uidValidity,
    UNSEEN: folder.messages.filter((message) => !message.flags.has('\\Seen')).length,
    HIGHESTMODSEQ: folder.highestModSeq,
    SIZE: folder.messages.reduce((sum, message) => sum + message.raw.length, 0),
  }
  const pairs = items.map((item) => {
    const name = textOf(item).toUpperCase()
    const value = values[name]
    if (value === undefined) throw new BadCommand(`Unknown item ${name}`)
    return `${name} ${value}`
  })
  return `* STATUS ${pathText(folder.path)} (${pairs.join(' ')})`
}

function place(store: ImapStore, folder: StoredFolder): string {
  return `${nstring(store.delimiter ?? undefined)} ${pathText(folder.path)}`
}

function attributes(store: ImapStore, folder: StoredFolder): readonly string[] {
  const below = store.delimiter === null ? undefined : folder.path + store.delimiter
  const hasChildren = below !== undefined && store.list().some(({ path }) => path.startsWith(below))
  return [
    hasChildren ? '\\HasChildren' : '\\HasNoChildren',
    ...(folder.isSelectable ? [] : ['\\Noselect']),
    ...(folder.specialUse ? [folder.specialUse] : []),
  ]
}

function matching(store: ImapStore, reference: string, patterns: readonly string[]): readonly StoredFolder[] {
  const tests = patterns.map((pattern) => {
    const escaped = decodeMailboxName(reference + pattern).replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    const level = store.delimiter === null ? '.*' : `[^\\${store.delimiter}]*`
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('%', level)}$`, 'su')
  })
  return store.list().filter(({ path }) => tests.some((test) => test.test(path)))
}
