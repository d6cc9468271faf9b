import { expect, test } from 'vitest'
import { schemas, storedSchema } from './json-schemas.ts'

test.each(Object.entries(schemas))('docs/schemas/%s says what the program checks; node build/json-schemas.ts mends it', (name, write) => {
  expect(storedSchema(name)).toBe(write())
})

test('a preset needs its address and both servers, and has no other keys', () => {
  const { required, additionalProperties } = JSON.parse(storedSchema('preset.schema.json'))
  expect(required).toEqual(['postrider', 'email', 'incoming', 'outgoing'])
  expect(additionalProperties).toBe(false)
})
