import { expect, test } from 'vitest'
import { contentHeaders } from './policy.ts'

test('content keeps the policy of the engine, and is sandboxed when that has forgotten to', () => {
  expect(contentHeaders({})['content-security-policy']).toBe("default-src 'none'; sandbox")
  expect(contentHeaders({ 'Content-Security-Policy': "img-src 'self'" })['content-security-policy']).toBe("img-src 'self'; sandbox")
  const own = "default-src 'none'; sandbox allow-popups"
  expect(contentHeaders({ 'content-security-policy': own })['content-security-policy']).toBe(own)
  const lookalike = 'report-to no-sandbox'
  expect(contentHeaders({ 'content-security-policy': lookalike })['content-security-policy']).toBe(`${lookalike}; sandbox`)
})

test('no header of the engine can weaken what a host adds', () => {
  const headers = contentHeaders({ 'X-Content-Type-Options': 'no', 'cross-origin-resource-policy': 'x', 'Content-Type': 'text/html' })
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'content-type': 'text/html',
  })
  expect(Object.keys(headers)).toEqual(Object.keys(headers).map((name) => name.toLowerCase()))
})
