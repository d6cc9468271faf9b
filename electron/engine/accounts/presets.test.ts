import { expect, test } from 'vitest'
import { parsePreset, presetToSettings } from './presets.ts'

const preset = {
  postrider: 1,
  email: '%EMAILADDRESS%',
  incoming: { protocol: 'pop3', host: 'pop.%EMAILDOMAIN%', user: 'CORP/%EMAILLOCALPART%/jdoe' },
  outgoing: { host: 'smtp.example.org' },
}

test("fills in the address and today's defaults", () => {
  const settings = presetToSettings(parsePreset(JSON.stringify(preset)), { address: 'jdoe@example.org', displayName: 'J. Doe' })
  expect(settings.identity).toEqual({ name: 'J. Doe', organization: '', address: 'jdoe@example.org', replyTo: '' })
  expect(settings.incoming).toMatchObject({ host: 'pop.example.org', port: 995, security: 'tls', user: 'CORP/jdoe/jdoe' })
  expect(settings.outgoing).toMatchObject({ port: 587, security: 'starttls', signIn: 'same' })
  expect(settings.pop3.leaveOnServer).toBe(true)
})

test('an unknown key is an error that names the key', () => {
  const wrong = { ...preset, incoming: { ...preset.incoming, prot: 1 } }
  expect(() => parsePreset(JSON.stringify(wrong))).toThrow(/incoming\.prot/)
})

test('the sender may have a log-on of its own', () => {
  const own = { ...preset, outgoing: { host: 'smtp.example.org', port: 465, security: 'tls', auth: { user: 'out@example.org' } } }
  const settings = presetToSettings(parsePreset(JSON.stringify(own)), { address: 'jdoe@example.org' })
  expect(settings.outgoing).toMatchObject({ port: 465, security: 'tls', signIn: 'password', user: 'out@example.org' })
})

test('not JSON, another version and a missing address are said plainly', () => {
  expect(() => parsePreset('{')).toThrow(/not JSON/)
  expect(() => parsePreset(JSON.stringify({ ...preset, postrider: 2 }))).toThrow(/version 1/)
  expect(() => presetToSettings(parsePreset(JSON.stringify(preset)), {})).toThrow(/e-mail address/)
})
