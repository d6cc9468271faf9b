// SEARCH (RFC 3501 6.4.4), with MODSEQ of CONDSTORE.
import type { StoredMessage } from './imap-mailboxes.ts'
import { fieldOf, readPart } from './imap-mime.ts'
import { BadCommand, inSet, parseDate, textOf, type Token } from './imap-syntax.ts'

export interface SearchScope {
  /** Sequence number of a message, from 1. */
  readonly positionOf: (message: StoredMessage) => number
  readonly lastPosition: number
  readonly lastUid: number
}

type Test = (message: StoredMessage) => boolean

export function searchTest(args: readonly Token[], scope: SearchScope): Test {
  const keys = [...args]
  if (keys[0]?.kind === 'atom' && keys[0].text.toUpperCase() === 'CHARSET') keys.splice(0, 2)
  const tests: Test[] = []
  while (keys.length > 0) tests.push(nextTest(keys, scope))
  return (message) => tests.every((test) => test(message))
}

const flagKeys: Readonly<Record<string, string>> = {
  SEEN: '\\Seen',
  ANSWERED: '\\Answered',
  FLAGGED: '\\Flagged',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
}

/** Takes one key with its arguments from the front. */
function nextTest(keys: Token[], scope: SearchScope): Test {
  const key = keys.shift()
  if (key?.kind === 'list') return searchTest(key.items, scope)
  const name = textOf(key).toUpperCase()
  const text = () => textOf(keys.shift())
  const flag = flagKeys[name] ?? flagKeys[name.replace(/^UN/, '')]
  if (flag) return (message) => message.flags.has(flag) === !name.startsWith('UN')
  switch (name) {
    case 'ALL':
    case 'OLD':
      return () => true
    case 'NEW':
    case 'RECENT':
      return () => false
    case 'NOT': {
      const test = nextTest(keys, scope)
      return (message) => !test(message)
    }
    case 'OR': {
      const [one, other] = [nextTest(keys, scope), nextTest(keys, scope)]
      return (message) => one(message) || other(message)
    }
    case 'UID': {
      const isIn = inSet(text(), scope.lastUid)
      return (message) => isIn(message.uid)
    }
    case 'KEYWORD':
    case 'UNKEYWORD': {
      const keyword = text()
      return (message) => message.flags.has(keyword) === (name === 'KEYWORD')
    }
    default:
      return valueTest(name, text) ?? positionTest(name, scope)
  }
}

function valueTest(name: string, text: () => string): Test | undefined {
  switch (name) {
    case 'LARGER':
    case 'SMALLER': {
      const size = Number(text())
      return ({ raw }) => (name === 'LARGER' ? raw.length > size : raw.length < size)
    }
    case 'MODSEQ': {
      const modSeq = Number(text())
      return (message) => message.modSeq >= modSeq
    }
    case 'FROM':
    case 'TO':
    case 'CC':
    case 'BCC':
    case 'SUBJECT':
      return headerTest(name, text())
    case 'HEADER':
      return headerTest(text(), text())
    case 'BODY':
    case 'TEXT': {
      const wanted = text().toLowerCase()
      const source = (raw: string) => (name === 'BODY' ? readPart(raw).body : raw)
      return ({ raw }) => source(raw.toString('latin1')).toLowerCase().includes(wanted)
    }
    default:
      return dateTest(name, text)
  }
}

function headerTest(name: string, wanted: string): Test {
  return ({ raw }) => {
    const { header } = readPart(raw.toString('latin1'))
    return fieldOf(header, name)?.toLowerCase().includes(wanted.toLowerCase()) === true
  }
}

const dayMs = 86_400_000

function dateTest(name: string, text: () => string): Test | undefined {
  const [, isSent, relation] = /^(SENT)?(BEFORE|ON|SINCE)$/.exec(name) ?? []
  if (!relation) return undefined
  const day = Math.floor(parseDate(text()) / dayMs)
  return (message) => {
    const time = isSent ? Date.parse(fieldOf(readPart(message.raw.toString('latin1')).header, 'Date') ?? '') : message.internalDate
    const own = Math.floor(time / dayMs)
    return relation === 'BEFORE' ? own < day : relation === 'ON' ? own === day : own >= day
  }
}

function positionTest(set: string, { positionOf, lastPosition }: SearchScope): Test {
  if (!/^[\d*]/.test(set)) throw new BadCommand(`Unknown search key ${set}`)
  const isIn = inSet(set, lastPosition)
  return (message) => isIn(positionOf(message))
}
