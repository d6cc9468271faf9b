import { expect, test } from 'vitest'
import { fullDate, shortDate, sizeText } from './format.ts'

const now = Date.parse('2026-11-21T15:00:00Z')
const style = { language: 'en-GB', now, timeZone: 'UTC' }
const short = (iso: string) => shortDate(Date.parse(iso), style)

test('near dates are said in words, far ones as dates', () => {
  expect(short('2026-11-21T09:05:00Z')).toBe('Today 09:05')
  expect(short('2026-11-20T23:58:00Z')).toBe('Yesterday 23:58')
  expect(short('2026-11-19T12:41:00Z')).toBe('Thu 12:41')
  expect(short('2026-11-15T12:41:00Z')).toBe('Sun 12:41')
  expect(short('2026-11-14T12:41:00Z')).toBe('14/11/2026')
})

test('a date in the future is shown as a date, not as a day of this week', () => {
  expect(short('2026-11-24T08:00:00Z')).toBe('24/11/2026')
})

test('midnight is counted where the reader is', () => {
  expect(shortDate(Date.parse('2026-11-20T23:30:00Z'), { ...style, timeZone: 'Europe/Berlin' })).toBe('Today 00:30')
})

test('the full date names the weekday', () => {
  expect(fullDate(Date.parse('2026-11-21T13:05:00Z'), style)).toBe('Saturday, 21 November 2026 at 13:05')
})

test('sizes are rounded up to whole KB, and larger ones have one decimal', () => {
  expect([0, 1, 1024, 1025, 85_000, 19_293_798, 3_221_225_472].map(sizeText)).toEqual([
    '1 KB',
    '1 KB',
    '1 KB',
    '2 KB',
    '84 KB',
    '18.4 MB',
    '3.0 GB',
  ])
})
