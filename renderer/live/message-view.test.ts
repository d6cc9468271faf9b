import { expect, test } from 'vitest'
import { emptyBatch } from '../../shared/changes/change-batch.ts'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { FolderId, MessageId, ViewId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import type { ViewWindow } from '../../shared/domain/view.ts'
import { openMessageView } from './message-view.ts'
import { rowAt } from './row-windows.ts'

const row = (id: number, subject = `Message ${id}`) => ({ id: id as MessageId, folder: 1 as FolderId, subject }) as MessageSummary
const request = { folder: 1 as FolderId, sort: 'received', descending: true, search: null } as const

/** An engine with one folder whose ids the test can change, and whose answers it can hold back. */
function fakeEngine(count: number) {
  const listeners = new Set<readonly [string, (payload: never) => void]>()
  const calls: string[] = []
  const state = { ids: Array.from({ length: count }, (_, index) => index + 1), version: 1, gate: Promise.resolve() }
  const slice = (view: number, from: number, size: number): ViewWindow => ({
    view: view as ViewId,
    version: state.version,
    total: state.ids.length,
    from,
    rows: state.ids.slice(from, from + size).map((id) => row(id)),
  })
  const engine = {
    async call(name: string, input: { from?: number; count?: number; message?: number }) {
      calls.push(`${name} ${input.from ?? ''}`.trim())
      await state.gate
      if (name === 'views.open') return slice(7, 0, input.count ?? 0)
      if (name === 'views.rows') return slice(7, input.from ?? 0, input.count ?? 0)
      if (name === 'views.position') return state.ids.indexOf(input.message ?? 0)
      return null
    },
    on(name: string, listener: (payload: never) => void) {
      const entry = [name, listener] as const
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
  } as unknown as EngineClient
  const emit = (name: string, payload: unknown) => {
    for (const [heard, listener] of listeners) if (heard === name) listener(payload as never)
  }
  return { engine, state, calls, emit }
}

/** Every promise that could go on has gone on. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

test('the first rows are there with the opening, the next window is fetched before it is reached', async () => {
  const { engine, calls } = fakeEngine(1000)
  const view = openMessageView(engine, { request })
  await settled()
  expect(view.state.get().status).toBe('ready')
  expect(rowAt(view.state.get().rows, 150)?.id).toBe(151)
  view.show(120, 160)
  await settled()
  expect(calls).toContain('views.rows 200')
  expect(rowAt(view.state.get().rows, 250)?.id).toBe(251)
})

test('when rows move, the old ones stay until the new ones are here, then all are exchanged at once', async () => {
  const { engine, state, emit } = fakeEngine(1000)
  const view = openMessageView(engine, { request })
  await settled()
  let open = () => undefined as void
  state.gate = new Promise((resolve) => {
    open = resolve
  })
  state.ids = [5000, ...state.ids]
  state.version = 2
  emit('viewChanged', { view: 7, version: 2, total: 1001 })
  await settled()
  expect(view.state.get().rows.total).toBe(1000)
  expect(rowAt(view.state.get().rows, 0)?.id).toBe(1)
  open()
  await settled()
  expect(view.state.get().rows.total).toBe(1001)
  expect(rowAt(view.state.get().rows, 0)?.id).toBe(5000)
  expect(rowAt(view.state.get().rows, 1)?.id).toBe(1)
})

test('a window of a newer version is never mixed with older rows', async () => {
  const { engine, state } = fakeEngine(1000)
  const view = openMessageView(engine, { request })
  await settled()
  state.ids = [5000, ...state.ids]
  state.version = 2
  view.show(500, 540)
  await settled()
  const { rows } = view.state.get()
  expect(rows.version).toBe(2)
  expect(rowAt(rows, 500)?.id).toBe(500)
  expect(rowAt(rows, 0)).toBeUndefined()
})

test('a changed row is drawn anew without asking the engine', async () => {
  const { engine, calls, emit } = fakeEngine(50)
  const view = openMessageView(engine, { request })
  await settled()
  const before = calls.length
  emit('changes', { ...emptyBatch('a', 2), changed: [row(10, 'Read now')] })
  expect(rowAt(view.state.get().rows, 9)?.subject).toBe('Read now')
  expect(calls).toHaveLength(before)
})

test('ids of a range come at once when its rows are here, else by fetching', async () => {
  const { engine } = fakeEngine(1000)
  const view = openMessageView(engine, { request })
  await settled()
  expect(view.ids(0, 2)).toEqual([1, 2, 3])
  expect(await view.ids(150, 950)).toHaveLength(801)
})

test('rows as last seen are shown until the engine has answered', async () => {
  const { engine } = fakeEngine(300)
  const view = openMessageView(engine, { request, seed: { total: 299, rows: [row(900), row(901)] } })
  expect(rowAt(view.state.get().rows, 0)?.id).toBe(900)
  expect(view.state.get().status).toBe('opening')
  await settled()
  expect(rowAt(view.state.get().rows, 0)?.id).toBe(1)
})
