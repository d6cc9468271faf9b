import { expect, test } from 'vitest'
import { recipientProblem } from './recipient-check.ts'

const none = { to: '', cc: '', bcc: '' }

test('A message without a recipient is refused', () => {
  expect(recipientProblem(none)).toEqual({ field: 'to', entry: '' })
})

test.each(['anna@example.org', 'Anna <anna@example.org>; bob@example.org', '"Doe, Jane" <jane@example.org>, "a b"@example.org'])(
  '%s can be sent to',
  (to) => {
    expect(recipientProblem({ ...none, to })).toBeUndefined()
  },
)

test('Bcc alone is enough', () => {
  expect(recipientProblem({ ...none, bcc: 'anna@example.org' })).toBeUndefined()
})

test('The first recipient that is no address is named with its field', () => {
  expect(recipientProblem({ to: 'anna@example.org', cc: 'bob@example.org; Carla Weber', bcc: '' })).toEqual({
    field: 'cc',
    entry: 'Carla Weber',
  })
  expect(recipientProblem({ ...none, to: 'anna@' })).toEqual({ field: 'to', entry: 'anna@' })
})
