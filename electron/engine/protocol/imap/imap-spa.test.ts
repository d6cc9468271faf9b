// Secure Password Authentication (NTLM) over IMAP.
import { afterEach, expect, test } from 'vitest'
import { closeAll, failureOf, fixture, open, startServer } from './imap-test-kit.ts'

afterEach(closeAll)

const mechanisms = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256', 'NTLM']
const password = 'öpen "sesame"'

const signInCommands = (commands: readonly { readonly name: string; readonly text: string }[]) =>
  commands.filter(({ name }) => name === 'AUTHENTICATE' || name === 'LOGIN').map(({ text }) => text.replace(/^\S+ /, ''))

test.each(['CORP\\anna', 'CORP/anna/anna', 'CORP/anna', 'anna@corp.example', 'änna smith'])('"%s" signs in by NTLM alone', async (user) => {
  const server = await startServer({ mechanisms, users: [{ user, password }] })
  const session = await open(server, { user, signIn: 'spa' })
  expect((await session.select('INBOX')).exists).toBe(0)
  expect(signInCommands(server.commands)).toEqual(['AUTHENTICATE NTLM'])
})

test('over TLS it signs in by NTLM, too', async () => {
  const server = await startServer({ mechanisms, tls: { mode: 'starttls', cert: fixture('good.pem'), key: fixture('good.key') } })
  const session = await open(server, { signIn: 'spa', security: 'starttls', trust: { certificates: [], ca: fixture('ca.pem') } })
  expect(session.isUsable).toBe(true)
})

test('a wrong password is refused, and nothing weaker follows', async () => {
  const server = await startServer({ mechanisms })
  const failure = await failureOf(open(server, { signIn: 'spa', password: 'wrong' }))
  expect(failure).toMatchObject({
    code: 'sign-in-refused',
    detail: { user: 'anna', reply: expect.stringContaining('AUTHENTICATIONFAILED') },
  })
  expect(signInCommands(server.commands)).toEqual(['AUTHENTICATE NTLM'])
})

test('a server without NTLM gets no password', async () => {
  const server = await startServer({ mechanisms: ['PLAIN', 'CRAM-MD5'] })
  expect((await failureOf(open(server, { signIn: 'spa' }))).code).toBe('sign-in-unsupported')
  expect(signInCommands(server.commands)).toEqual([])
})

test('a challenge that makes no sense is the server’s fault, not the password’s', async () => {
  const server = await startServer({ mechanisms })
  server.faults.onCommand = ({ name, tag }, { send }) => {
    if (name !== 'AUTHENTICATE') return undefined
    send(`+ \r\n+ TlRMTVNTUAACAAAA\r\n${tag} NO [AUTHENTICATIONFAILED] Cancelled`)
    return 'handled'
  }
  const failure = await failureOf(open(server, { signIn: 'spa' }))
  expect(failure.code).toBe('server-misbehaved')
  expect(failure.detail.reply).toBeUndefined()
})
