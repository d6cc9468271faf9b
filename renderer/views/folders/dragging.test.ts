import { afterEach, expect, test } from 'vitest'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { fakeFolders } from '../../gallery/fake-mail.ts'
import { dragOf, dropEffect, endDrag } from './dragging.ts'

const folders = new Map<FolderId, Folder>(fakeFolders(0, 10).map((folder) => [folder.id, folder]))
const [inbox, outbox] = [...folders.values()] as [Folder, Folder]
const projects = [...folders.values()].find(({ name }) => name === 'Projects') as Folder
const onto = (folder: Folder, keys = { ctrlKey: false, altKey: false }) =>
  dropEffect(folders, { account: folder.account, parent: folder.id }, keys)

afterEach(endDrag)

test('messages move into other folders, and with Ctrl they are copied', () => {
  dragOf({ kind: 'messages', from: inbox.id })
  expect(onto(projects)).toBe('move')
  expect(onto(projects, { ctrlKey: true, altKey: false })).toBe('copy')
  expect(onto(inbox)).toBeNull()
  expect(onto(outbox)).toBeNull()
  expect(dropEffect(folders, { account: projects.account, parent: null }, { ctrlKey: false, altKey: false })).toBeNull()
})

test('a folder moves within its account only', () => {
  dragOf({ kind: 'folder', folder: projects })
  expect(onto(inbox)).toBeNull()
  const own = [...folders.values()].find(({ account, role }) => account === projects.account && role === 'inbox') as Folder
  expect(onto(own)).toBe('move')
  expect(onto(own, { ctrlKey: true, altKey: false })).toBe('move')
})

test('what comes from another program can not be dropped', () => {
  expect(onto(projects)).toBeNull()
})
