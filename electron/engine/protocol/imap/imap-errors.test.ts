import { expect, test } from 'vitest'
import type { ErrorCode } from '../../../../shared/errors/mail-error.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { type FailureContext, toImapError } from './imap-errors.ts'

const context: FailureContext = {
  detail: { account: 'Work', server: 'imap.example.org', protocol: 'IMAP', action: 'open the folder' },
  refusal: undefined,
  hidden: (text) => text.replaceAll('sesame', '***'),
}

const failure = (facts: object) => Object.assign(new Error('It failed'), facts)

test.each<[string, object, ErrorCode]>([
  ['no connection', { code: 'NoConnection' }, 'connection-lost'],
  ['a reset', { code: 'ECONNRESET', syscall: 'read' }, 'connection-lost'],
  ['a closed connection while signing in', { code: 'ClosedAfterConnectTLS' }, 'connection-lost'],
  ['a BYE that asks for patience', { code: 'NoConnection', reason: 'Temporarily unavailable' }, 'server-busy'],
  ['no greeting', { code: 'GREETING_TIMEOUT' }, 'timed-out'],
  ['no answer', { code: 'ETIMEOUT' }, 'timed-out'],
  ['no TCP answer', { code: 'ETIMEDOUT', syscall: 'connect' }, 'timed-out'],
  ['a throttled account', { code: 'ETHROTTLE' }, 'server-busy'],
  ['a line that can not be read', { code: 'ParserError17' }, 'server-misbehaved'],
  ['a line without end', { code: 'LineTooLarge' }, 'server-misbehaved'],
  ['an answer to nothing', { code: 'UnexpectedTag' }, 'server-misbehaved'],
  ['text between STARTTLS and TLS', { code: 'STARTTLS_INJECTION', tlsFailed: true }, 'encryption-unavailable'],
  ['no STARTTLS', { tlsFailed: true }, 'encryption-unavailable'],
  ['no way to sign in', { authenticationFailed: true }, 'sign-in-unsupported'],
  ['a message above APPENDLIMIT', { serverResponseCode: 'APPENDLIMIT' }, 'message-refused'],
  ['a name with a line break', { code: 'InvalidTokenValue' }, 'bad-input'],
  ['anything else', {}, 'bug'],
])('%s', (_, facts, code) => {
  expect(toImapError(failure(facts), context)).toMatchObject({ code, detail: context.detail })
})

test('a refusal says more than the error that the library made of it', () => {
  const refusal = { status: 'NO', command: 'SELECT', code: 'NOPERM', reply: 'NO [NOPERM] sesame' } as const
  const error = toImapError(failure({ authenticationFailed: true }), { ...context, refusal })
  expect(error).toMatchObject({ code: 'permission-denied', detail: { reply: 'NO [NOPERM] ***', server: 'imap.example.org' } })
})

test.each<[string, string, ErrorCode]>([
  ['APPEND', 'NO Permission denied', 'permission-denied'],
  ['SELECT', 'NO Permission denied', 'permission-denied'],
  ['SELECT', 'NO Mailbox does not exist', 'folder-missing'],
  ['CREATE', 'NO Invalid mailbox name', 'bad-input'],
  ['RENAME', 'NO Invalid mailbox name', 'bad-input'],
  ['CREATE', 'NO Mailbox already exists', 'permission-denied'],
])('%s refused by Cyrus with "%s"', (command, reply, code) => {
  const refusal = { status: 'NO', command, code: undefined, reply } as const
  expect(toImapError(failure({}), { ...context, refusal }).code).toBe(code)
})

test('what is a MailError already keeps its own facts and gains the rest', () => {
  const error = toImapError(new MailError('cancelled', 'Stopped.', { action: 'sign in' }), context)
  expect(error).toMatchObject({ code: 'cancelled', detail: { action: 'sign in', account: 'Work' } })
})
