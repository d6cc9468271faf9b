import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Draft } from '../../../shared/domain/draft.ts'
import { createAutosaver } from './autosaver.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const draft = (text: string) => ({ text }) as Draft

function memoryStore() {
  const kept = new Map<string, string>()
  const saves: string[] = []
  return {
    kept,
    saves,
    save: async (key: string, { text }: Draft) => {
      saves.push(text)
      kept.set(key, text)
    },
    drop: async (key: string) => void kept.delete(key),
  }
}

test('Text is kept once at a pause, not at every key', async () => {
  const store = memoryStore()
  const autosaver = createAutosaver(store, () => {})
  for (const text of ['H', 'He', 'Hello']) autosaver.later('a', draft(text))
  await vi.advanceTimersByTimeAsync(1000)
  expect(store.saves).toEqual(['Hello'])
})

test('A window that goes away keeps what was typed last', async () => {
  const store = memoryStore()
  const autosaver = createAutosaver(store, () => {})
  autosaver.later('a', draft('last words'))
  autosaver.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect(store.kept.get('a')).toBe('last words')
})

test('What was dropped does not come back', async () => {
  const store = memoryStore()
  const autosaver = createAutosaver(store, () => {})
  autosaver.later('a', draft('one'))
  autosaver.flush()
  autosaver.later('a', draft('two'))
  await autosaver.drop('a')
  await vi.advanceTimersByTimeAsync(1000)
  expect(store.kept.size).toBe(0)
})

test('A cache that fails is told, and the next pause tries again', async () => {
  const store = memoryStore()
  const problems: unknown[] = []
  let isBroken = true
  const save = (key: string, value: Draft) => (isBroken ? Promise.reject(new Error('no room')) : store.save(key, value))
  const autosaver = createAutosaver({ ...store, save }, (problem) => void problems.push(problem))
  autosaver.later('a', draft('one'))
  await vi.advanceTimersByTimeAsync(1000)
  isBroken = false
  autosaver.later('a', draft('two'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(problems).toEqual([new Error('no room'), undefined])
  expect(store.kept.get('a')).toBe('two')
})
