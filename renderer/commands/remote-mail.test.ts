import { expect, test } from 'vitest'
import type { AccountId, FolderId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import type { RemoteChoices } from '../cache/layout.ts'
import { defaultLayout } from '../cache/layout.ts'
import { fakeAccounts, fakeRow } from '../gallery/fake-mail.ts'
import { deleteSelected } from './deleting.ts'
import { connectAgain, mark } from './remote-mail.ts'
import type { CommandTarget } from './target.ts'

const row = (index: number, part: Partial<MessageSummary>): MessageSummary => ({
  ...fakeRow(1 as FolderId, index, 0),
  state: 'downloaded',
  mark: null,
  ...part,
})
const here = row(0, {})
const remote = row(1, { state: 'header-only' })
const marked = row(2, { state: 'header-only', mark: 'retrieve' })
const all = [here, remote, marked]

/** A target that writes down what the engine and the window are asked for. */
function fakeTarget(connection: Partial<RemoteChoices> = {}, isOffline = false) {
  const asked: unknown[][] = []
  const target = {
    engine: {
      call: async (name: string, input: unknown) => {
        asked.push([name, input])
        return name === 'outbox.list'
          ? [
              { message: 5, state: 'waiting' },
              { message: 6, state: 'unsure' },
            ]
          : null
      },
    },
    live: { accounts: { get: () => fakeAccounts() } },
    layout: { get: () => ({ ...defaultLayout, connection: { ...defaultLayout.connection, ...connection } }) },
    context: () => ({ isOffline }),
    folder: () => ({ role: 'inbox', account: null }),
    allSelectedRows: async () => all,
    moveOn: () => undefined,
    notify: () => undefined,
    show: (dialog: { readonly kind: string }) => asked.push(['show', dialog.kind]),
  }
  return { target: target as unknown as CommandTarget, asked }
}

test('only headers are marked, and only marks are taken back', async () => {
  const { target, asked } = fakeTarget()
  await mark('retrieve-copy')(target)
  await mark(null)(target)
  expect(asked).toEqual([
    ['pop3.setMarks', { ids: [remote.id, marked.id], mark: 'retrieve-copy' }],
    ['pop3.setMarks', { ids: [marked.id], mark: null }],
  ])
})

test('Delete throws away what is here, and marks what is only a header', async () => {
  const { target, asked } = fakeTarget()
  await deleteSelected(target)
  expect(asked).toEqual([
    ['pop3.setMarks', { ids: [remote.id, marked.id], mark: 'delete' }],
    ['messages.delete', { ids: [here.id], permanently: false }],
  ])
})

test('Connect asks, unless told to do the same as the last time', async () => {
  const asking = fakeTarget({ accounts: [2 as AccountId] })
  await connectAgain(asking.target)
  expect(asking.asked).toEqual([['show', 'remote-connection']])
  const quiet = fakeTarget({ accounts: [2 as AccountId], confirms: false, headers: false })
  await connectAgain(quiet.target)
  expect(quiet.asked.at(-1)).toEqual(['pop3.connect', { accounts: [{ account: 2, headers: false, marks: true }], outgoing: [5] }])
})

test('Connect asks after all when the accounts of the last time are gone', async () => {
  const { target, asked } = fakeTarget({ accounts: [99 as AccountId], confirms: false })
  await connectAgain(target)
  expect(asked).toEqual([['show', 'remote-connection']])
})

test('nothing connects while working offline before the user has said so', async () => {
  const { target, asked } = fakeTarget({ accounts: [2 as AccountId], confirms: false }, true)
  await connectAgain(target)
  expect(asked.at(-1)).toEqual(['show', 'question'])
})
