// F1: the connection breaks at every single command of a replay, before it reaches the server and after it was carried out.
import { describe, expect, test } from 'vitest'
import type { Store } from '../store/store.ts'
import { localFolder } from '../store/test-store.ts'
import { addFolder, nameFolder, placeFolder, removeFolder, showFolders } from './change-folders.ts'
import { deleteMessages, purgeFolder } from './delete-messages.ts'
import {
  addLocal,
  addServer,
  type Cut,
  folderAt,
  inStore,
  mail,
  onServer,
  openStoreInMemory,
  replayUntilDone,
  rowOf,
  subjectsIn,
  synchronize,
  type TestServer,
} from './operations-test-kit.ts'
import { fileSent } from './file-sent.ts'
import { applyCopy, applyMove } from './place-messages.ts'
import { applyFlagChange } from './set-flags.ts'

interface World {
  readonly store: Store
  readonly work: TestServer
  readonly home: TestServer
}

interface Story {
  readonly what: string
  readonly without?: readonly string[]
  /** What the user does, in one transaction each. */
  readonly acts: readonly ((world: World) => void)[]
  readonly work: Readonly<Record<string, readonly string[]>>
  readonly home?: Readonly<Record<string, readonly string[]>>
  readonly local?: readonly string[]
}

const start = { INBOX: ['one', 'three', 'two \\Seen'], A: ['four'], B: [], 'A/Below': ['five'] }
const noMove = ['MOVE']
const noUids = ['MOVE', 'UIDPLUS']
const act = (work: (world: World, row: (subject: string) => ReturnType<typeof rowOf>) => void) => (world: World) =>
  work(world, (subject) => rowOf(world.store, subject))
const at = (path: string) => (world: World) => folderAt(world.store, world.work, path)

const moveTwo = act((world, row) => applyMove(world.store, [row('one'), row('two')], at('B')(world)))
const copyTwo = act((world, row) => applyCopy(world.store, [row('one'), row('three')], at('B')(world)))
const upload = act((world, row) => applyMove(world.store, [row('local'), row('nameless')], at('B')(world)))
const moved = { ...start, INBOX: ['three'], B: ['one', 'two \\Seen'] }
const copied = { ...start, B: ['one', 'three'] }
const uploaded = { ...start, B: ['local \\Seen', 'nameless \\Seen'] }

const stories: readonly Story[] = [
  {
    what: 'flags',
    acts: [act((w, row) => applyFlagChange(w.store, { ids: [row('one'), row('four')], add: ['flagged', 'seen'], remove: [] }))],
    work: { ...start, INBOX: ['one \\Flagged \\Seen', 'three', 'two \\Seen'], A: ['four \\Flagged \\Seen'] },
  },
  { what: 'a move', acts: [moveTwo], work: moved },
  { what: 'a move without MOVE', without: noMove, acts: [moveTwo], work: moved },
  {
    what: 'a move without MOVE and UIDPLUS',
    without: noUids,
    acts: [moveTwo],
    work: { ...moved, INBOX: ['one \\Deleted', 'three', 'two \\Deleted \\Seen'] },
  },
  {
    what: 'a move of a message without a Message-ID',
    acts: [act((w, row) => applyMove(w.store, [row('three')], at('B')(w)))],
    work: { ...start, INBOX: ['one', 'two \\Seen'], B: ['three'] },
  },
  {
    what: 'flags and two moves of one message',
    acts: [
      act((w, row) => applyFlagChange(w.store, { ids: [row('one')], add: ['flagged'], remove: [] })),
      act((w, row) => applyMove(w.store, [row('one')], at('A')(w))),
      act((w, row) => applyFlagChange(w.store, { ids: [row('one')], add: ['answered'], remove: [] })),
      act((w, row) => applyMove(w.store, [row('one')], at('B')(w))),
      act((w, row) => applyFlagChange(w.store, { ids: [row('one')], add: ['seen'], remove: [] })),
    ],
    work: { ...start, INBOX: ['three', 'two \\Seen'], B: ['one \\Answered \\Flagged \\Seen'] },
  },
  { what: 'a copy', acts: [copyTwo], work: copied },
  { what: 'a copy without UIDPLUS', without: noUids, acts: [copyTwo], work: copied },
  { what: 'mail of Local Folders', acts: [upload], work: uploaded, local: [] },
  { what: 'mail of Local Folders without UIDPLUS', without: noUids, acts: [upload], work: uploaded, local: [] },
  {
    what: 'a move to Local Folders',
    acts: [act((w, row) => applyMove(w.store, [row('one'), row('four')], localFolder(w.store, 'inbox')))],
    work: { ...start, INBOX: ['three', 'two \\Seen'], A: [] },
    local: ['four', 'local', 'nameless', 'one'],
  },
  {
    what: 'a copy to Local Folders',
    acts: [act((w, row) => applyCopy(w.store, [row('one')], localFolder(w.store, 'inbox')))],
    work: start,
    local: ['local', 'nameless', 'one'],
  },
  {
    what: 'a move to another account',
    acts: [act((w, row) => applyMove(w.store, [row('one'), row('two')], folderAt(w.store, w.home, 'INBOX')))],
    work: { ...start, INBOX: ['three'] },
    home: { INBOX: ['one', 'two \\Seen'] },
  },
  {
    what: 'a move to another account without UIDPLUS',
    without: noUids,
    acts: [act((w, row) => applyMove(w.store, [row('one'), row('two')], folderAt(w.store, w.home, 'INBOX')))],
    work: { ...start, INBOX: ['one \\Deleted', 'three', 'two \\Deleted \\Seen'] },
    home: { INBOX: ['one', 'two \\Seen'] },
  },
  {
    what: 'a copy to another account',
    acts: [act((w, row) => applyCopy(w.store, [row('one')], folderAt(w.store, w.home, 'INBOX')))],
    work: start,
    home: { INBOX: ['one'] },
  },
  {
    what: 'a deletion for ever',
    acts: [act((w, row) => deleteMessages(w.store, [row('one'), row('four')], true))],
    work: { ...start, INBOX: ['three', 'two \\Seen'], A: [] },
  },
  {
    what: 'a deletion for ever without UIDPLUS',
    without: noUids,
    acts: [act((w, row) => deleteMessages(w.store, [row('one')], true))],
    work: { ...start, INBOX: ['three', 'two \\Seen'] },
  },
  {
    what: 'marks and a purge',
    acts: [act((w, row) => deleteMessages(w.store, [row('one'), row('two')], false)), act((w) => purgeFolder(w.store, at('INBOX')(w)))],
    work: { ...start, INBOX: ['three'] },
  },
  {
    what: 'a move, then a deletion for ever',
    acts: [moveTwo, act((w, row) => deleteMessages(w.store, [row('one')], true))],
    work: { ...moved, B: ['two \\Seen'] },
  },
  {
    what: 'a new folder with a message and a folder in it',
    acts: [
      act((w) => void addFolder(w.store, { account: w.work.account.id, parent: null, name: 'New' })),
      act((w) => void addFolder(w.store, { account: w.work.account.id, parent: at('New')(w), name: 'Inner' })),
      act((w, row) => applyMove(w.store, [row('one')], at('New/Inner')(w))),
    ],
    work: { ...start, INBOX: ['three', 'two \\Seen'], New: [], 'New/Inner': ['one'] },
  },
  {
    what: 'another name for a folder with a folder in it',
    acts: [
      act((w, row) => applyMove(w.store, [row('one')], at('A/Below')(w))),
      act((w) => nameFolder(w.store, at('A')(w), 'Z')),
      act((w, row) => applyMove(w.store, [row('two')], at('Z/Below')(w))),
    ],
    work: { INBOX: ['three'], Z: ['four'], B: [], 'Z/Below': ['five', 'one', 'two \\Seen'] },
  },
  {
    what: 'another place for a folder',
    acts: [act((w) => placeFolder(w.store, at('A')(w), at('B')(w)))],
    work: { INBOX: start.INBOX, B: [], 'B/A': ['four'], 'B/A/Below': ['five'] },
  },
  {
    what: 'a folder that goes with all in it',
    acts: [act((w, row) => applyMove(w.store, [row('four')], at('B')(w))), act((w) => removeFolder(w.store, at('A')(w)))],
    work: { INBOX: start.INBOX, B: ['four'] },
  },
  {
    what: 'a sent message, where there is no folder for it yet',
    acts: [
      act(({ store, work }) => {
        const message = addLocal(store, mail('sent'))
        store.operations.add({ account: work.account.id, kind: fileSent.kind, payload: { message } })
      }),
    ],
    work: { ...start, 'Sent Items': ['sent \\Seen'] },
  },
  {
    what: 'hiding and showing',
    acts: [act((w) => showFolders(w.store, [], [at('A')(w), at('B')(w)])), act((w) => showFolders(w.store, [at('B')(w)], []))],
    work: start,
  },
]

async function begin(without: readonly string[]): Promise<World> {
  const store = openStoreInMemory()
  const work = await addServer(store, { without, imap: { moveDeleted: false } })
  const home = await addServer(store, { name: 'Home', without })
  const { mailboxes } = work.running
  for (const path of ['A', 'A/Below', 'B']) mailboxes.create(path, { isSubscribed: true })
  mailboxes.deliver('INBOX', mail('one'))
  mailboxes.deliver('INBOX', mail('two'), ['\\Seen'])
  mailboxes.deliver('INBOX', mail('three', { hasMessageId: false, text: 'Nameless' }))
  mailboxes.deliver('A', mail('four'))
  mailboxes.deliver('A/Below', mail('five'))
  for (const server of [work, home]) await synchronize(store, server, await server.connect())
  addLocal(store, mail('local'))
  addLocal(store, mail('nameless', { hasMessageId: false, text: 'A local one without a name' }))
  return { store, work, home }
}

async function play({ acts, without = [] }: Story, cut?: Cut): Promise<World & { readonly commands: number }> {
  const world = await begin(without)
  for (const each of acts) world.store.transaction(() => each(world))
  const commands = await replayUntilDone(world.store, [world.work, world.home], cut)
  for (const server of [world.work, world.home]) await synchronize(world.store, server, await server.connect())
  return { ...world, commands }
}

/** What the server, the other account, Local Folders and our copies of both have in the end. */
function state({ store, work, home }: World) {
  const local = subjectsIn(store, localFolder(store, 'inbox'))
  return { work: onServer(work), home: onServer(home), local, here: [work, home].map((server) => inStore(store, server)) }
}

function wanted({ work, home = { INBOX: [] }, local = ['local', 'nameless'] }: Story): ReturnType<typeof state> {
  return { work, home, local, here: [work, home] }
}

describe.each(stories)('$what', (story) => {
  test('reaches the server', async () => {
    expect(state(await play(story))).toEqual(wanted(story))
  })

  test.each(['before', 'after'] as const)('reaches it in the end when the connection breaks %s each of the commands', async (when) => {
    const { commands } = await play(story)
    // Side by side: most of the time the disk is waited for.
    const ends = await Promise.all(Array.from({ length: commands }, async (_, command) => state(await play(story, { at: command, when }))))
    expect(ends).toEqual(ends.map(() => wanted(story)))
  })
})
