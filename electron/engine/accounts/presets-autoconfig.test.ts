import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fillAccount } from '../../../shared/domain/placeholders.ts'
import { providerConfigOf } from './presets-autoconfig.ts'
import { readPresetContent } from './presets.ts'
import { draftsOf } from './provider-config.ts'
import { readXml } from './small-xml.ts'

const fixture = readFileSync(new URL('./fixtures/config-v1.1.xml', import.meta.url), 'utf8')

test('The favourite of the provider comes first; what is not encrypted, or can not be used, is left out', () => {
  const drafts = draftsOf(providerConfigOf(readXml(fixture))).map((draft) => fillAccount(draft, { address: 'jane@example.org' }))
  expect(drafts.map(({ protocol }) => protocol)).toEqual(['imap', 'pop3'])
  expect(drafts[0]).toMatchObject({
    incoming: { host: 'imap.example.org', port: 993, security: 'tls', user: 'jane', signIn: 'password' },
    outgoing: { host: 'smtp.example.org', port: 587, security: 'starttls', signIn: 'password', user: 'jane@example.org' },
  })
  expect(drafts[1]).toMatchObject({
    incoming: { host: 'pop.example.org', port: 110, security: 'starttls', user: 'jane@example.org' },
    outgoing: { signIn: 'same' },
    pop3: { leaveOnServer: true, removeAfterDays: 30 },
  })
})

test.each(['utf-16le', 'latin1'] as const)('A file in %s is read as its first bytes say', (encoding) => {
  const declared = fixture.replace('UTF-8', encoding === 'latin1' ? 'ISO-8859-1' : 'UTF-16').replace('Example Mail', 'Bücherpost')
  const mark = encoding === 'latin1' ? '' : '\uFEFF'
  expect(readPresetContent(Buffer.from(mark + declared, encoding)).incoming.host).toBe('imap.example.org')
})
