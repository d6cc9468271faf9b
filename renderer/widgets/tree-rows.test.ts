import { expect, test } from 'vitest'
import { isSameRow, type TreeNode, treeMove, treeRows, typeAhead } from './tree-rows.ts'

const node = (key: string, ...children: TreeNode[]): TreeNode => ({ key, label: key, children })
const tree = [node('Root', node('Inbox'), node('Projects', node('Server')), node('Invoices'))]
const open = treeRows(tree, new Set())
const closed = treeRows(tree, new Set(['Projects']))
const keys = (rows: typeof open) => rows.map((row) => row.node.key)

test('children of a closed node are not seen', () => {
  expect(keys(open)).toEqual(['Root', 'Inbox', 'Projects', 'Server', 'Invoices'])
  expect(keys(closed)).toEqual(['Root', 'Inbox', 'Projects', 'Invoices'])
})

test('Right opens, then goes in; Left closes, then goes out', () => {
  expect(treeMove(closed, 'Projects', 'ArrowRight')).toEqual({ toggle: 'Projects' })
  expect(treeMove(open, 'Projects', 'ArrowRight')).toEqual({ select: 'Server' })
  expect(treeMove(open, 'Server', 'ArrowLeft')).toEqual({ select: 'Projects' })
  expect(treeMove(open, 'Projects', 'ArrowLeft')).toEqual({ toggle: 'Projects' })
  expect(treeMove(open, 'Inbox', 'ArrowRight')).toBeUndefined()
})

test('Home and End go to the ends, arrows stop there', () => {
  expect(treeMove(open, 'Inbox', 'End')).toEqual({ select: 'Invoices' })
  expect(treeMove(open, 'Invoices', 'ArrowDown')).toBeUndefined()
  expect(treeMove(open, 'Root', 'ArrowUp')).toEqual({ select: 'Root' })
})

test('a letter goes to the next name that begins with it, and round again', () => {
  expect(typeAhead(open, 'Inbox', 'i')).toBe('Invoices')
  expect(typeAhead(open, 'Invoices', 'i')).toBe('Inbox')
  expect(typeAhead(open, 'Inbox', 'inv')).toBe('Invoices')
  expect(typeAhead(open, 'Inbox', 'x')).toBeUndefined()
})

test('a row is drawn again when its place or a plain value of its node differs, and not for an equal copy', () => {
  const named = (label: string) => ({ ...node('Inbox'), label })
  const [first] = treeRows([named('Inbox')], new Set())
  const [equal] = treeRows([named('Inbox')], new Set())
  const [renamed] = treeRows([named('Post')], new Set())
  const [withSibling] = treeRows([named('Inbox'), node('Other')], new Set())
  if (!first || !equal || !renamed || !withSibling) throw new Error('rows are missing')
  expect([equal, renamed, withSibling].map((row) => isSameRow(first, row))).toEqual([true, false, false])
})
