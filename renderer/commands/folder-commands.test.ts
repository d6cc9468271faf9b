import { expect, test } from 'vitest'
import type { Folder } from '../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../shared/domain/ids.ts'
import { fakeFolders } from '../gallery/fake-mail.ts'
import { canPutFolder, deleteFolder, purgeOnLeave } from './folder-commands.ts'
import { takesMessages } from './folder-facts.ts'
import type { CommandTarget } from './target.ts'

const folders = new Map<FolderId, Folder>(fakeFolders(0, 10).map((folder) => [folder.id, folder]))
const named = (name: string, onServer: boolean) => {
  const found = [...folders.values()].find((folder) => folder.name === name && (folder.account !== null) === onServer)
  if (!found) throw new Error(`There is no ${name}.`)
  return found
}
const projects = named('Projects', true)
const serverMove = named('Server move', true)
const work = projects.account as AccountId

test('a folder is put anywhere in its account, but neither where it is nor into itself', () => {
  const can = (folder: Folder, parent: FolderId | null, account: AccountId | null = work) =>
    canPutFolder(folders, folder, { account, parent })
  expect(can(serverMove, null)).toBe(true)
  expect(can(serverMove, projects.id)).toBe(false)
  expect(can(projects, serverMove.id)).toBe(false)
  expect(can(projects, projects.id)).toBe(false)
  expect(can(projects, null)).toBe(false)
  expect(can(projects, null, null)).toBe(false)
  expect(can(projects, named('Inbox', true).id)).toBe(true)
  expect(can(named('Inbox', true), projects.id)).toBe(false)
})

test('messages go where mail is kept, but not into the Outbox, into a calendar or among folders only', () => {
  expect(takesMessages(projects)).toBe(true)
  expect(takesMessages(named('Outbox', false))).toBe(false)
  expect(takesMessages(named('Public Folders', true))).toBe(false)
  expect(takesMessages({ ...projects, content: 'calendar' })).toBe(false)
})

test('leaving an IMAP folder purges it when that is wished, and no other folder', async () => {
  const purged = async (folder: Folder | null, purge: boolean) => {
    const calls: unknown[] = []
    const target = {
      engine: { call: async (...call: unknown[]) => void calls.push(call) },
      live: { settings: { get: () => ({ purgeOnLeave: purge }) } },
    }
    await purgeOnLeave(target as unknown as CommandTarget, folder)
    return calls
  }
  expect(await purged(projects, true)).toEqual([['folders.purge', { folder: projects.id }]])
  expect(await purged(projects, false)).toEqual([])
  expect(await purged(named('Inbox', false), true)).toEqual([])
  expect(await purged(named('Public Folders', true), true)).toEqual([])
  expect(await purged(null, true)).toEqual([])
})

test('a local folder is told to go to Deleted Items, one that stands there already for ever', () => {
  const asked = (folder: Folder) => {
    const questions: string[] = []
    const all = new Map(folders).set(folder.id, folder)
    const target = {
      folder: () => folder,
      live: { folders: { get: () => all } },
      show: (request: { text: string }) => questions.push(request.text),
    }
    void deleteFolder(target as unknown as CommandTarget)
    return questions[0]
  }
  const own = { ...serverMove, account: null, parent: null, name: 'Trips' }
  expect(asked(own)).toContain("move it to 'Deleted Items'")
  expect(asked({ ...own, parent: named('Deleted Items', false).id })).toContain('permanently')
  expect(asked(serverMove)).toContain('permanently')
})
