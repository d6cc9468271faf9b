import { expect, test } from 'vitest'
import { isFetchAnswer, readFetchAnswer } from './fetch-answer.ts'
import { hasAttachment, toSummary } from './fetched-messages.ts'

const read = (text: string, ...literals: string[]) =>
  readFetchAnswer(
    Buffer.from(text, 'latin1'),
    literals.map((each) => Buffer.from(each)),
  )
const structure = (text: string) => {
  const value = read(`* 1 FETCH (BODYSTRUCTURE ${text})`)?.get('BODYSTRUCTURE')
  return Array.isArray(value) && hasAttachment(value)
}

test('flags, numbers, NIL, quoted strings, lists and literals are read', () => {
  const items = read('* 12 FETCH (UID 7 FLAGS (\\Seen $Forwarded) X "a \\"b\\" \\\\" N NIL BODY[]<0> {5}\r\n MODSEQ (9))', 'bytes')
  expect([...(items ?? [])]).toEqual([
    ['UID', '7'],
    ['FLAGS', ['\\Seen', '$Forwarded']],
    ['X', 'a "b" \\'],
    ['N', null],
    ['BODY[]', Buffer.from('bytes')],
    ['MODSEQ', ['9']],
  ])
})

test('a section may hold spaces, lists and quoted names, and a brace in a string is no literal', () => {
  const items = read('* 1 fetch (BODY[HEADER.FIELDS ("From" TO)] {3}\r\n uid 2 X "{5}")', 'abc')
  expect([...(items ?? [])]).toEqual([
    ['BODY[HEADER.FIELDS ("FROM" TO)]', Buffer.from('abc')],
    ['UID', '2'],
    ['X', '{5}'],
  ])
})

test.each([
  '* 1 FETCH (UID 1',
  '* 1 FETCH (UID "1',
  '* 1 FETCH (UID',
  '* 1 FETCH (BODY[ {3}',
  '* 1 FETCH (UID {3}\r\n',
  `* 1 FETCH (X ${'('.repeat(5000)})`,
])('what can not be read is said to be so: %s', (line) => {
  expect(read(line)).toBeUndefined()
})

test('only FETCH answers are taken', () => {
  const is = (text: string) => isFetchAnswer(Buffer.from(text))
  expect(['* 1 FETCH (UID 1)', '* 4294967295 fetch (', '* 1 EXISTS', 'A1 OK FETCH (', '* OK 1 FETCH ('].map(is)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

const text = '("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 10 1 NIL NIL NIL NIL)'
const html = '("TEXT" "HTML" ("CHARSET" "utf-8") NIL NIL "7BIT" 10 1 NIL NIL NIL NIL)'
const picture = '("IMAGE" "PNG" ("NAME" "a.png") "<cid@x>" NIL "BASE64" 100 NIL ("INLINE" ("FILENAME" "a.png")) NIL NIL)'
const file = '("APPLICATION" "PDF" ("NAME" "a.pdf") NIL NIL "BASE64" 100 NIL ("ATTACHMENT" ("FILENAME" "a.pdf")) NIL NIL)'
const signature = '("APPLICATION" "PGP-SIGNATURE" NIL NIL NIL "7BIT" 100 NIL NIL NIL NIL)'
const mail =
  '("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 100 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1) 5)'

test.each<[string, string, boolean]>([
  ['plain text', text, false],
  ['text and HTML', `(${text}${html} "ALTERNATIVE" ("BOUNDARY" "x") NIL NIL NIL)`, false],
  ['a picture of the HTML', `(${html}${picture} "RELATED" ("BOUNDARY" "x") NIL NIL NIL)`, false],
  ['a file', `(${text}${file} "MIXED" ("BOUNDARY" "x") NIL NIL NIL)`, true],
  ['a file without extension data', '(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1)("APPLICATION" "PDF" NIL NIL NIL "BASE64" 9) "MIXED")', true],
  ['a signature', `(${text}${signature} "SIGNED" ("BOUNDARY" "x") NIL NIL NIL)`, false],
  ['a forwarded message', `(${text}${mail} "MIXED")`, true],
  ['a text with a name', '("TEXT" "PLAIN" ("NAME*0" "notes.txt") NIL NIL "7BIT" 1 1 NIL NIL NIL NIL)', true],
  ['a multipart with a disposition of its own', `(${text}${html} "MIXED" ("BOUNDARY" "x") ("INLINE" NIL) NIL NIL)`, false],
])('attachments: %s', (_, body, expected) => {
  expect(structure(body)).toBe(expected)
})

test('an unasked flag change is no summary', () => {
  expect(toSummary(read('* 3 FETCH (UID 9 FLAGS (\\Seen))') ?? new Map())).toBeUndefined()
})

test('EMAILID, or Google’s number, is kept', () => {
  const header = 'FLAGS () RFC822.SIZE 1 INTERNALDATE "17-Jul-1996 02:44:25 -0700" BODY[HEADER.FIELDS (A)] ""'
  const idOf = (id: string) => toSummary(read(`* 3 FETCH (UID 9 ${id} ${header})`) ?? new Map())?.emailId
  expect([idOf('EMAILID (M6d99)'), idOf('X-GM-MSGID 1278455344230334865'), idOf('X 1')]).toEqual(['M6d99', 'gm:1278455344230334865', null])
})
