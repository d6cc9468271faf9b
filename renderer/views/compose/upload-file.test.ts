import { expect, test } from 'vitest'
import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import { attachmentName, mediaType, toBase64, uploadFile } from './upload-file.ts'

interface Piece {
  readonly upload: string | null
  readonly base64: string
}

function recordingEngine(pieces: Piece[]): EngineClient {
  const call = (_name: string, input: Piece) => {
    pieces.push(input)
    return Promise.resolve({ upload: 'upload-0000000001', size: 0 })
  }
  return { call, on: () => () => {}, onClose: () => () => {}, close: () => {} } as unknown as EngineClient
}

const options = { onMoved: () => {}, signal: new AbortController().signal }

test('A file travels in pieces of at most 512 KiB and arrives whole', async () => {
  const bytes = Uint8Array.from({ length: 1_300_000 }, (_, index) => index % 251)
  const pieces: Piece[] = []
  const attachment = await uploadFile(recordingEngine(pieces), new File([bytes], 'a.bin'), options)
  expect(pieces.map(({ upload }) => upload)).toEqual([null, 'upload-0000000001', 'upload-0000000001'])
  const arrived = pieces.map(({ base64 }) => atob(base64)).join('')
  expect(arrived.length).toBe(bytes.length)
  expect(bytes.every((byte, index) => arrived.charCodeAt(index) === byte)).toBe(true)
  expect(attachment).toMatchObject({ name: 'a.bin', type: 'application/octet-stream', size: 1_300_000 })
})

test('An empty file is one empty piece', async () => {
  const pieces: Piece[] = []
  await uploadFile(recordingEngine(pieces), new File([], 'empty.txt', { type: 'text/plain' }), options)
  expect(pieces).toEqual([{ upload: null, base64: '' }])
})

test('Progress is told in bytes', async () => {
  const moves: number[] = []
  const file = new File([new Uint8Array(600_000)], 'a.bin')
  await uploadFile(recordingEngine([]), file, { ...options, onMoved: (done) => void moves.push(done) })
  expect(moves).toEqual([524_288, 600_000])
})

test.each([
  ['text/plain;charset=utf-8', 'text/plain'],
  ['', 'application/octet-stream'],
  ['nonsense', 'application/octet-stream'],
])('The media type %j is sent as %s', (given, sent) => {
  expect(mediaType(given)).toBe(sent)
})

test('Attachment names are one line, without folders, and never empty', () => {
  expect(attachmentName('C:\\temp\\a\r\nb.txt')).toBe('a  b.txt')
  expect(attachmentName('\u0000')).toBe('attachment')
})

test('Base64 of many bytes is one text without a seam', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256)
  expect(atob(toBase64(bytes))).toBe(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
})
