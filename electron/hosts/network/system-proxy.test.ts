import { expect, test } from 'vitest'
import { askSystem } from './metered.ts'
import { environmentProxy, isLocal, pacProxy } from './system-proxy.ts'

const direct = undefined
const proxy = (kind: 'socks5' | 'http', host: string, port: number, user = '', password = '') => ({ kind, host, port, user, password })

test.each([
  [{}, direct],
  [{ HTTPS_PROXY: 'http://proxy.example:3128' }, proxy('http', 'proxy.example', 3128)],
  [{ https_proxy: 'proxy.example:80' }, proxy('http', 'proxy.example', 80)],
  [{ HTTPS_PROXY: 'http://proxy.example' }, proxy('http', 'proxy.example', 8080)],
  [{ ALL_PROXY: 'socks5h://us:p%40ss@proxy.example:1081' }, proxy('socks5', 'proxy.example', 1081, 'us', 'p@ss')],
  [{ ALL_PROXY: 'socks5://proxy.example/', HTTPS_PROXY: 'http://other:1' }, proxy('socks5', 'proxy.example', 1080)],
  [{ ALL_PROXY: 'socks4://old.example', HTTPS_PROXY: 'http://[::1]:1' }, proxy('http', '::1', 1)],
  [{ ALL_PROXY: 'no address at all' }, direct],
])('the environment %j means %j', (environment, expected) => {
  expect(environmentProxy(environment, 'mail.example.org', 993)).toEqual(expected)
})

test.each([
  ['*', true],
  ['example.org', true],
  ['.example.org', true],
  ['*.example.org', true],
  ['mail.example.org:993', true],
  ['mail.example.org:143', false],
  ['other.example, mail.example.org', true],
  ['ample.org', false],
  ['', false],
])('NO_PROXY "%s" leaves the server out: %s', (noProxy, isLeftOut) => {
  const environment = { ALL_PROXY: 'socks5://proxy.example', NO_PROXY: noProxy }
  expect(environmentProxy(environment, 'mail.example.org', 993) === undefined).toBe(isLeftOut)
})

test('what is on this computer is reached directly', () => {
  expect(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]', 'x.localhost'].map(isLocal)).toEqual(Array(6).fill(true))
  expect(['localhost.example.org', '128.0.0.1', 'mail.example.org'].map(isLocal)).toEqual(Array(3).fill(false))
  expect(environmentProxy({ ALL_PROXY: 'socks5://proxy.example' }, '127.0.0.1', 993)).toBeUndefined()
})

test.each([
  ['DIRECT', direct],
  ['', direct],
  ['PROXY proxy.example:8080; DIRECT', proxy('http', 'proxy.example', 8080)],
  ['SOCKS5 proxy.example:1080', proxy('socks5', 'proxy.example', 1080)],
  ['SOCKS proxy.example:1080', proxy('socks5', 'proxy.example', 1080)],
  ['HTTPS secure.example:443; PROXY proxy.example:3128', proxy('http', 'proxy.example', 3128)],
  ['DIRECT; PROXY proxy.example:3128', direct],
])('a PAC file that answers "%s" means %j', (answer, expected) => {
  expect(pacProxy(answer)).toEqual(expected)
})

test('NetworkManager tells whether the network is metered; who does not tell is not guessed at', async () => {
  const asked = (answer: string) => askSystem('linux', async () => answer)
  expect(await Promise.all(['u 1\n', 'u 2\n', 'u 3\n', 'u 4\n', 'u 0\n', ''].map(asked))).toEqual([true, false, true, false, null, null])
  expect(await askSystem('linux', () => Promise.reject(new Error('no busctl')))).toBeNull()
  expect(await askSystem('win32', () => Promise.reject(new Error('never asked')))).toBeNull()
})
