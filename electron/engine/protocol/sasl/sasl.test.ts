import { expect, test } from 'vitest'
import { chooseMechanism } from './choose-mechanism.ts'
import type { SaslMechanism } from './sasl.ts'
import { createSasl } from './sasl.ts'
import type { SaslStep } from './sasl-step.ts'
import { scram } from './scram.ts'

const answer = (step: SaslStep, challenge = '') => step(Buffer.from(challenge)).toString()

test('PLAIN sends both at once (RFC 4616)', () => {
  const step = createSasl('PLAIN', { user: 'tim', password: 'tanstaaftanstaaf' })
  expect(answer(step)).toBe('\0tim\0tanstaaftanstaaf')
  expect(() => step.finish()).not.toThrow()
})

test('LOGIN sends name and password, whatever the challenges are called', () => {
  const step = createSasl('LOGIN', { user: 'CORP\\jdoe', password: 'Straße' })
  expect([answer(step, 'Benutzer:'), answer(step, 'Kennwort:')]).toEqual(['CORP\\jdoe', 'Straße'])
})

test('CRAM-MD5 gives the digest of RFC 2195', () => {
  const step = createSasl('CRAM-MD5', { user: 'tim', password: 'tanstaaftanstaaf' })
  expect(answer(step, '<1896.697170952@postoffice.reston.mci.net>')).toBe('tim b913a602c7eda7a495b4e6e7334d3890')
})

test('XOAUTH2 sends the token and answers the reason for a refusal with nothing', () => {
  const step = createSasl('XOAUTH2', { user: 'someuser@example.com', password: '', token: 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg' })
  expect(Buffer.from(answer(step)).toString('base64')).toBe(
    'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
  )
  expect(answer(step, '{"status":"401"}')).toBe('')
})

test('OAUTHBEARER is that of RFC 7628, with names encoded, and its error is answered with a single 0x01', () => {
  const step = createSasl('OAUTHBEARER', { user: 'a=b,c', password: '', token: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==' })
  expect(answer(step)).toBe('n,a=a=3Db=2Cc,\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01')
  expect(answer(step, '{"status":"invalid_token"}')).toBe('\x01')
})

test('XOAUTH2 without a token is a missing sign-in', () => {
  expect(() => answer(createSasl('XOAUTH2', { user: 'a', password: 'b' }))).toThrow(expect.objectContaining({ code: 'sign-in-missing' }))
})

test.each(['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'] as const)('%s does not answer without end', (mechanism: SaslMechanism) => {
  const step = createSasl(mechanism, { user: 'a', password: 'b', token: 'c' })
  expect(() => Array.from({ length: 3 }, () => answer(step))).toThrow(expect.objectContaining({ code: 'server-misbehaved' }))
})

const pencil = { user: 'user', password: 'pencil' }
const sha1 = {
  nonce: 'fyko+d2lbbFgONRv9qkxdawL',
  first: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
  proof: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
  final: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
}
const sha256 = {
  nonce: 'rOprNGfwEbeRWgbNEkqO',
  first: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  proof: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  final: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
}

test.each([
  ['sha1', sha1, 'RFC 5802'],
  ['sha256', sha256, 'RFC 7677'],
] as const)('SCRAM with %s gives the exchange of its RFC', (hash, vector, _rfc) => {
  const step = scram(hash, pencil, vector.nonce)
  expect(answer(step)).toBe(`n,,n=user,r=${vector.nonce}`)
  expect(answer(step, vector.first)).toBe(vector.proof)
  expect(answer(step, vector.final)).toBe('')
  expect(() => step.finish()).not.toThrow()
})

test('SCRAM refuses a server that does not know the password, or that says yes too early', () => {
  const step = scram('sha1', pencil, sha1.nonce)
  answer(step)
  answer(step, sha1.first)
  expect(() => step.finish()).toThrow(/without having proved/)
  expect(() => answer(step, 'v=AAAApqV8S7suAoZWja4dJRkFsKQ=')).toThrow(/signature is wrong/)
})

test('SCRAM reads the server’s own no', () => {
  const step = scram('sha1', pencil, sha1.nonce)
  answer(step)
  answer(step, sha1.first)
  expect(() => answer(step, 'e=invalid-proof')).toThrow(expect.objectContaining({ code: 'sign-in-refused' }))
})

test.each([
  ['a nonce that is not ours', 'r=somethingelse3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096'],
  ['our nonce with nothing added', `r=${sha1.nonce},s=QSXCR+Q6sek8bf92,i=4096`],
  ['too few rounds', sha1.first.replace('4096', '4095')],
  ['too many rounds', sha1.first.replace('4096', '1000001')],
  ['rounds that are no number', sha1.first.replace('4096', 'many')],
  ['no salt', sha1.first.replace(/s=[^,]*/, 's=')],
])('SCRAM refuses %s', (_, first) => {
  const step = scram('sha1', pencil, sha1.nonce)
  answer(step)
  expect(() => answer(step, first)).toThrow(expect.objectContaining({ code: 'server-misbehaved' }))
})

test('SCRAM escapes the name and maps look-alike spaces (RFC 4013)', () => {
  expect(answer(scram('sha1', { user: 'a=b,c\u00a0\u00add\u2168', password: '' }, 'x'))).toBe('n,,n=a=3Db=2Cc dIX,r=x')
})

test('every exchange has a nonce of its own', () => {
  const first = () => answer(createSasl('SCRAM-SHA-256', pencil))
  expect(first()).not.toBe(first())
})

test('over TLS the plain mechanism is taken, in the clear the strongest', () => {
  const offered = ['plain', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'NTLM', 'XOAUTH2']
  expect(chooseMechanism(offered, { signIn: 'password', isEncrypted: true })).toBe('PLAIN')
  expect(chooseMechanism(offered, { signIn: 'password', isEncrypted: false })).toBe('SCRAM-SHA-256')
  expect(chooseMechanism(['CRAM-MD5'], { signIn: 'password', isEncrypted: true })).toBe('CRAM-MD5')
  expect(chooseMechanism(['GSSAPI'], { signIn: 'password', isEncrypted: true })).toBeUndefined()
})

test('SPA never falls back to a password, and a token never travels in the clear', () => {
  expect(chooseMechanism(['PLAIN', 'NTLM'], { signIn: 'spa', isEncrypted: true })).toBe('NTLM')
  expect(chooseMechanism(['PLAIN', 'NTLM'], { signIn: 'password', isEncrypted: false })).toBe('PLAIN')
  expect(chooseMechanism(['PLAIN', 'CRAM-MD5'], { signIn: 'spa', isEncrypted: false })).toBeUndefined()
  expect(chooseMechanism(['XOAUTH2'], { signIn: 'oauth2', isEncrypted: true })).toBe('XOAUTH2')
  expect(chooseMechanism(['OAUTHBEARER'], { signIn: 'oauth2', isEncrypted: true })).toBe('OAUTHBEARER')
  expect(chooseMechanism(['XOAUTH2', 'OAUTHBEARER'], { signIn: 'oauth2', isEncrypted: false })).toBeUndefined()
})
