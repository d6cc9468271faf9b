import { expect, test } from 'vitest'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { UidlRecord } from '../store/uidls-table.ts'
import { headerHash } from './pop3-header.ts'
import type { ListedMessage } from './pop3-naming.ts'
import { findRenumbering, presume, sampled, toProve } from './pop3-presume.ts'
import { lookAtRenumbered } from './pop3-renumbered.ts'

interface Letter {
  readonly name: string
  readonly size: number
}

const hashOf = ({ name }: Letter) => headerHash(Buffer.from(`Subject: ${name}\r\n\r\n`))
const letters = (count: number): Letter[] => Array.from({ length: count }, (_, at) => ({ name: `m${at}`, size: 5000 + at * 7 }))

function recordOf(letter: Letter, at: number): UidlRecord {
  const known = { uidl: `old${letter.name}`, message: (at + 1) as MessageId, state: 'downloaded', downloadedAt: 1 } as const
  return { ...known, mark: null, size: letter.size, headerHash: hashOf(letter), goneAt: null, isPresumed: false }
}

const knownOf = (all: readonly Letter[]) => new Map(all.map((letter, at) => [`old${letter.name}`, recordOf(letter, at)]))
const listOf = (all: readonly Letter[]): ListedMessage[] => all.map(({ size }, at) => ({ number: at + 1, size, uidl: `new${at}` }))

/** What is read and what is presumed when the server shows `now` under new UIDLs and we know `before`. */
async function look(before: readonly Letter[], now: readonly Letter[], headerBytes = 450) {
  const list = listOf(now)
  const doubtful = new Set(list.map(({ number }) => number))
  const renumbering = findRenumbering({ list, known: knownOf(before), doubtful, mustBeProven: () => false })
  if (!renumbering) throw new Error('no renumbering')
  const hashes = new Map<number, string>()
  let bytes = 0
  const presumed = await lookAtRenumbered(renumbering, {
    hashes,
    bytesRead: () => bytes,
    look: async (numbers) => {
      for (const number of numbers) {
        expect(hashes.has(number)).toBe(false)
        const letter = now[number - 1]
        if (letter) hashes.set(number, hashOf(letter))
        bytes += headerBytes
      }
    },
  })
  const wrong = [...presumed].filter(([number, record]) => {
    const letter = now[number - 1]
    return !letter || record.headerHash !== hashOf(letter)
  })
  return { read: hashes.size, presumed: presumed.size, wrong: wrong.length }
}

test('P17: with headers of a tenth of the mail every second is read, and the others are what stands between', async () => {
  const all = letters(1000)
  expect(await look(all, all)).toEqual({ read: 501, presumed: 499, wrong: 0 })
})

test('P17: with smaller headers all are read, with larger ones fewer', async () => {
  const all = letters(1000)
  expect(await look(all, all, 100)).toMatchObject({ read: 1000, presumed: 0 })
  expect(await look(all, all, 3000)).toMatchObject({ read: 126, wrong: 0 })
})

test('P17: around what went and what is new, headers are read', async () => {
  const all = letters(1000)
  const now = [...all.filter((_, at) => at !== 100 && at !== 501), ...letters(1020).slice(1000)]
  const { read, presumed, wrong } = await look(all, now)
  expect(wrong).toBe(0)
  expect(read + presumed).toBe(now.length)
  expect(read).toBeLessThan(560)
})

test('P17: letters of one and the same size, the first gone and a new one come: nothing is taken for another', async () => {
  const reports = letters(1000).map(({ name }) => ({ name, size: 5000 }))
  const now = [...reports.slice(1), { name: 'new', size: 5000 }]
  expect((await look(reports, now)).wrong).toBe(0)
})

test('P17: a server with another order than before has its headers read where the sizes do not follow', async () => {
  const all = letters(1000)
  expect((await look(all, all.toReversed())).wrong).toBe(0)
  const swapped = all.with(500, all[501] ?? { name: '', size: 0 }).with(501, all[500] ?? { name: '', size: 0 })
  expect((await look(all, swapped)).wrong).toBe(0)
})

test('P17: headers that went while we looked end nothing', async () => {
  const all = letters(400)
  const list = listOf(all)
  const doubtful = new Set(list.map(({ number }) => number))
  const renumbering = findRenumbering({ list, known: knownOf(all), doubtful, mustBeProven: () => false })
  if (!renumbering) throw new Error('no renumbering')
  const presumed = await lookAtRenumbered(renumbering, { hashes: new Map(), bytesRead: () => 0, look: async () => {} })
  expect(presumed.size).toBe(0)
})

test('P17: few messages, marked ones, and those that are due are never presumed', () => {
  const all = letters(300)
  const list = listOf(all)
  const doubtful = new Set(list.map(({ number }) => number))
  const input = { list, known: knownOf(all), doubtful, mustBeProven: () => false }
  expect(findRenumbering(input)?.messages).toHaveLength(300)
  expect(findRenumbering({ ...input, list: list.slice(0, 199) })).toBeUndefined()
  expect(findRenumbering({ ...input, mustBeProven: () => true })).toBeUndefined()
  expect(findRenumbering({ ...input, mustBeProven: ({ message }) => message === 7 })?.records).toHaveLength(299)
})

test('P17: of repeated records and repeated UIDLs nothing is concluded', () => {
  const twins = letters(400).map((letter, at) => (at % 2 === 0 ? { name: 'twin', size: 5000 } : letter))
  const list = listOf(twins)
  const doubtful = new Set(list.map(({ number }) => number))
  const renumbering = findRenumbering({ list, known: knownOf(letters(400)), doubtful, mustBeProven: () => false })
  const hashes = new Map(twins.flatMap((letter, at) => (at % 2 === 0 ? [[at + 1, hashOf(letter)] as const] : [])))
  expect(renumbering && presume(renumbering, hashes).size).toBe(0)
  const same = list.map((message) => ({ ...message, uidl: 'same' }))
  expect(findRenumbering({ list: same, known: knownOf(twins), doubtful, mustBeProven: () => false })).toBeUndefined()
})

test('P17: what is due is proven at once, of the rest some', () => {
  const all = letters(10)
  const known = new Map([...knownOf(all)].map(([uidl, record]) => [uidl, { ...record, isPresumed: true }]))
  const list = all.map(({ name, size }, at) => ({ number: at + 1, size, uidl: `old${name}` }))
  expect(toProve({ list, known, mustBeProven: ({ message }) => message === 9, most: 2 })).toEqual([9, 1, 2])
  expect(toProve({ list, known: knownOf(all), mustBeProven: () => true, most: 2 })).toEqual([])
})

test('the sample holds the first and the last', () => {
  expect(sampled(listOf(letters(10)), 4)).toEqual([1, 5, 9, 10])
})
