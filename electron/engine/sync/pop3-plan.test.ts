import { expect, test } from 'vitest'
import { headerFingerprint, planPop3 } from './pop3-plan.ts'

const list = [
  { number: 1, size: 100 },
  { number: 2, size: 200 },
  { number: 3, size: 300 },
]

test('P1: fetches exactly the messages whose UIDL is not known', () => {
  const uidls = [
    { number: 1, uidl: 'a' },
    { number: 2, uidl: 'b' },
    { number: 3, uidl: 'c' },
  ]
  const wanted = planPop3({ list, uidls, isKnown: (uidl) => uidl === 'b' })
  expect(wanted).toEqual([
    { number: 1, size: 100, uidl: 'a' },
    { number: 3, size: 300, uidl: 'c' },
  ])
})

test('P6: the same UIDL twice are two messages, also when they come again', () => {
  const uidls = [1, 2, 3].map((number) => ({ number, uidl: 'same' }))
  const first = planPop3({ list, uidls, isKnown: () => false }).map((message) => message.uidl)
  expect(first).toEqual(['same', 'same#2', 'same#3'])
  expect(planPop3({ list, uidls, isKnown: (uidl) => first.includes(uidl) })).toEqual([])
})

test('P5: without UIDL a message is known by its header and size, whatever the server writes into Status', () => {
  const header = Buffer.from('From: a@example.org\r\nStatus: RO\r\nSubject: x\r\n\r\n')
  const seenNow = Buffer.from('From: a@example.org\r\nSubject: x\r\n\r\n')
  expect(headerFingerprint(header, 100)).toBe(headerFingerprint(seenNow, 100))
  expect(headerFingerprint(header, 100)).not.toBe(headerFingerprint(header, 101))
  const fingerprints = new Map([[2, headerFingerprint(header, 200)]])
  expect(planPop3({ list, uidls: undefined, fingerprints, isKnown: () => false }).map((message) => message.number)).toEqual([2])
})
