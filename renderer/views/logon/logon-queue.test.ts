import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { LogonRequest } from '../../../shared/domain/run.ts'
import { logonQueue } from './logon-queue.ts'

const request = (number: number): LogonRequest => ({
  request: number,
  account: 1 as AccountId,
  accountName: 'Work',
  direction: 'incoming',
  server: 'pop.example.org',
  user: 'jane',
  reason: 'missing',
  reply: '',
})

test('Requests are asked one after another, each once', () => {
  const queue = logonQueue([request(1)], { type: 'needed', requests: [request(2), request(1)] })
  expect(queue.map((entry) => entry.request)).toEqual([1, 2])
})

test('A request that was answered elsewhere disappears', () => {
  expect(logonQueue([request(1), request(2)], { type: 'closed', request: 1 })).toEqual([request(2)])
})
