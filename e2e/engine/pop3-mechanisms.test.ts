// B6: every way to log on that Dovecot knows, over every kind of connection, one at a time, so that none stands in for another.
import { expect, test } from 'vitest'
import { openPop3Session } from '../../electron/engine/protocol/pop3/pop3-session.ts'
import { missingServers } from '../servers/find-servers.ts'
import { startLab } from '../servers/start-lab.ts'

const missing = missingServers()
if (missing !== undefined) console.warn(`skipped: ${missing}`)

/** What Dovecot is told to offer, and what is then seen on the wire without and with TLS. */
const ways = [
  ['plain', 'USER alice', 'USER alice'],
  ['login', 'AUTH LOGIN', 'AUTH LOGIN'],
  ['cram-md5', 'AUTH CRAM-MD5', 'AUTH CRAM-MD5'],
  ['scram-sha-1', 'AUTH SCRAM-SHA-1', 'AUTH SCRAM-SHA-1'],
  ['scram-sha-256', 'AUTH SCRAM-SHA-256', 'AUTH SCRAM-SHA-256'],
  ['apop plain', 'APOP alice ***', 'USER alice'],
] as const

test.skipIf(missing !== undefined).each(ways)(
  'Dovecot with %s: plain, STLS, TLS; right and wrong password',
  async (mechanisms, plain, encrypted) => {
    const lab = await startLab({ mechanisms })
    try {
      lab.deliver('alice', Buffer.from('Subject: x\r\n\r\ny\r\n'))
      const { user, password } = lab.user('alice')
      for (const [security, port, seen] of [
        ['none', lab.pop3.port, plain],
        ['starttls', lab.pop3.port, encrypted],
        ['tls', lab.pop3.tlsPort, encrypted],
      ] as const) {
        const lines: string[] = []
        const target = {
          ...{ host: lab.host, port, security, user, signIn: 'password' as const, accountName: 'Work', timeoutMs: 10_000 },
          trust: { certificates: [], ca: lab.ca },
        }
        const session = await openPop3Session({ ...target, password }, new AbortController().signal, (line) => lines.push(line))
        expect(await session.stat()).toMatchObject({ count: 1 })
        await session.quit()
        expect(
          lines.filter((line) => line.includes(seen)),
          `${security}: ${lines.join(' | ')}`,
        ).not.toEqual([])
        expect(lines.join('\n')).not.toContain(password)
        const refused = openPop3Session({ ...target, password: 'wrong' }, new AbortController().signal)
        await expect(refused).rejects.toMatchObject({ code: 'sign-in-refused' })
      }
    } finally {
      await lab.stop()
    }
  },
)
