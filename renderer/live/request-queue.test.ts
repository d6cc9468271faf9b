import { expect, test } from 'vitest'
import { requestQueue } from './request-queue.ts'

const request = (number: number) => ({ request: number })

test('Requests are asked one after another, each once', () => {
  const queue = requestQueue([request(1)], { type: 'needed', requests: [request(2), request(1)] })
  expect(queue.map((entry) => entry.request)).toEqual([1, 2])
})

test('A request that was answered elsewhere disappears', () => {
  expect(requestQueue([request(1), request(2)], { type: 'closed', request: 1 })).toEqual([request(2)])
})
