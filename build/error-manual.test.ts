import { expect, test } from 'vitest'
import { errorRegistry } from '../shared/errors/registry.ts'
import { errorManual, storedManual } from './error-manual.ts'

test('the manual has every code as it is in the registry (else run: node build/error-manual.ts)', () => {
  expect(storedManual()).toBe(errorManual())
})

test('no two kinds of failure have the same spoken code', () => {
  const spoken = Object.values(errorRegistry).map((entry) => entry.spoken)
  expect(new Set(spoken).size).toBe(spoken.length)
})
