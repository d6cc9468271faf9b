import { expect, test } from 'vitest'
import { addressProblem, serverNameProblem } from './name-checks.ts'

test.each([
  'pop.example.org',
  'mailhost',
  '192.0.2.17',
  '2001:db8::25',
  '[2001:db8::25]',
  '::1',
  '::ffff:192.0.2.1',
  'mail.example.org.',
  'post.bücher.example',
  'mx_1.corp',
])('The server name %s is accepted', (host) => {
  expect(serverNameProblem(host)).toBeUndefined()
})

test.each([
  ['pop,example.org', 'pop.example.org'],
  ['pop.example.org:995', 'pop.example.org'],
  ['https://mail.example.org/inbox', 'mail.example.org'],
  ['pop example.org', 'popexample.org'],
  ['pop..example.org', 'pop.example.org'],
  ['jane@example.org', 'example.org'],
  ['-pop.example.org', 'pop.example.org'],
])('For the server name %s, %s is suggested', (typed, suggestion) => {
  expect(serverNameProblem(typed)).toEqual({ kind: 'malformed', suggestion })
})

test.each(['192.0.2', '192.0.2.300', '1.2.3.4.5'])('%s looks like an IP address but is none', (host) => {
  expect(serverNameProblem(host)?.kind).toBe('bad-ip')
})

test('An empty server name is told from a wrong one', () => {
  expect(serverNameProblem('   ')?.kind).toBe('empty')
  expect(serverNameProblem('###')).toEqual({ kind: 'malformed', suggestion: undefined })
})

test.each(['a@b', 'jane.doe+news@example.org', "o'brien@example.org", 'jürgen@bücher.example'])('The address %s is accepted', (address) => {
  expect(addressProblem(address)).toBeUndefined()
})

test.each([
  ['Jane Doe <jane@example.org>', 'jane@example.org'],
  ['mailto:jane@example.org', 'jane@example.org'],
  ['jane@example,org', 'jane@example.org'],
  ['jane @ example.org', 'jane@example.org'],
  ['jane@@example.org', 'jane@example.org'],
])('For the address %s, %s is suggested', (typed, suggestion) => {
  expect(addressProblem(typed)).toEqual({ kind: 'malformed', suggestion })
})

test('A name without an @ is no address, and nothing is guessed', () => {
  expect(addressProblem('jane')).toEqual({ kind: 'malformed', suggestion: undefined })
})
