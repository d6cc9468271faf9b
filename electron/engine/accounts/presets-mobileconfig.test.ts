import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPresetContent } from './presets.ts'

const fixture = readFileSync(new URL('./fixtures/example.mobileconfig', import.meta.url))
const changed = (from: string, to: string) => readPresetContent(Buffer.from(fixture.toString().replace(from, to)))

const expected = {
  name: 'Example mail',
  protocol: 'imap',
  identity: { name: 'Jane Doe', address: 'jane@example.org' },
  incoming: { host: 'imap.example.org', port: 993, security: 'tls', user: 'CORP\\jane', signIn: 'password' },
  outgoing: { host: 'smtp.example.org', port: 587, security: 'starttls', signIn: 'same', user: '' },
  imap: { rootFolder: 'INBOX' },
}

test('A profile of Apple gives the account, without the password in it', () => {
  const draft = readPresetContent(fixture)
  expect(draft).toMatchObject(expected)
  expect(JSON.stringify(draft)).not.toContain('canary')
})

test('POP3, another log-on for sending and an account that asks for its address', () => {
  const pop3 = changed('EmailTypeIMAP', 'EmailTypePOP')
  expect(pop3).toMatchObject({ protocol: 'pop3', incoming: { port: 993, security: 'tls' } })
  expect(changed('<true/><!-- same -->', '<false/>').outgoing).toMatchObject({ signIn: 'password', user: 'CORP\\jane' })
  expect(changed('<string>jane@example.org</string>', '<string></string>').identity.address).toBe('%EMAILADDRESS%')
  expect(changed('<integer>993</integer>', '<integer>143</integer>').incoming).toMatchObject({ port: 143, security: 'starttls' })
})

test('A profile without mail, or without a server, says so', () => {
  expect(() => changed('com.apple.mail.managed', 'com.apple.wifi.managed')).toThrow(/no mail account/)
  expect(() => changed('smtp.example.org', '')).toThrow(/no outgoing server/)
})

test('The profile inside a signed one is read', () => {
  const signed = readFileSync(new URL('./fixtures/signed.mobileconfig', import.meta.url))
  expect(readPresetContent(signed)).toMatchObject(expected)
})

test('A signed file that is cut off or carries nothing is refused, whatever its length', () => {
  const signed = readFileSync(new URL('./fixtures/signed.mobileconfig', import.meta.url))
  for (const length of [1, 2, 10, 30, 60, 200, signed.length - 1])
    expect(() => readPresetContent(signed.subarray(0, length))).toThrow(/none of the known kinds/)
})
