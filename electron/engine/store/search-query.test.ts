import { expect, test } from 'vitest'
import { parseSearch } from './search-query.ts'

const nothing = { match: null, exclude: null, conditions: [] }

test.each([
  ['report', '("report" *)'],
  ['annual report', '("annual" *) AND ("report" *)'],
  ['of a report', '("of") AND ("a") AND ("report" *)'],
  ['report of', '("report" *) AND ("of" *)'],
  ['"annual report"', '("annual report")'],
  ['"annual report', '("annual report")'],
  ['from:anna', '(sender : "anna" *)'],
  ['TO:bob subject:"year end"', '(recipients : "bob" *) AND (subject : "year end")'],
  ['anna@example.org', '("anna@example.org" *)'],
  ['日本語', '("日  本  語" *)'],
  ['has:wings', '("has wings" *)'],
  ['a:b', '("a:b" *)'],
  ['say"hi"', '("say" *) AND ("hi")'],
])('%s asks for %s', (text, match) => {
  expect(parseSearch(text)).toEqual({ ...nothing, match })
})

test('a minus asks for what is not there', () => {
  expect(parseSearch('report -draft -from:bob')).toEqual({
    match: '("report" *)',
    exclude: '("draft" *) OR (sender : "bob" *)',
    conditions: [],
  })
})

test('properties are asked for by name', () => {
  expect(parseSearch('is:unread -has:attachment IS:Flagged').conditions).toEqual([
    { field: 'unread', wanted: true },
    { field: 'attachment', wanted: false },
    { field: 'flagged', wanted: true },
  ])
})

test.each(['', '   ', '"', '""', '-', '*', '()', 'from:', 'subject: ', '-"', '"""', '\u0000', '!!! ???'])('%j asks for nothing', (text) => {
  expect(parseSearch(text)).toEqual(nothing)
})

test('a pasted page is cut to a sensible number of words', () => {
  expect(parseSearch('word '.repeat(10_000)).match?.split(' AND ')).toHaveLength(50)
})
