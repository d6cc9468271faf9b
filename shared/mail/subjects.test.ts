import { expect, test } from 'vitest'
import { baseSubject, forwardSubject, replySubject } from './subjects.ts'

test.each([
  ['Hello', 'Hello'],
  ['Re: Hello', 'Hello'],
  ['RE: Aw: SV: Fwd: Fw: WG: Hello', 'Hello'],
  ['Re[2]: Hello', 'Hello'],
  ['Re (3) : Hello', 'Hello'],
  ['RE：你好', '你好'],
  ['Regarding: Hello', 'Regarding: Hello'],
  ['Re Hello', 'Re Hello'],
  ['', ''],
  ['Re:', ''],
])('the base of %j is %j', (subject, expected) => {
  expect(baseSubject(subject)).toBe(expected)
})

test.each([
  ['Hello', 'Re: Hello', 'Fw: Hello'],
  ['Re: Hello', 'Re: Hello', 'Fw: Re: Hello'],
  ['AW: RE: Hello', 'Re: Hello', 'Fw: AW: RE: Hello'],
  ['Fwd: Hello', 'Re: Fwd: Hello', 'Fw: Hello'],
  ['', 'Re:', 'Fw:'],
])('%j is answered as %j and passed on as %j', (subject, reply, forward) => {
  expect(replySubject(subject)).toBe(reply)
  expect(forwardSubject(subject)).toBe(forward)
})
