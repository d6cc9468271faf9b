// Every way to log on that Dovecot and Cyrus know, over every kind of connection, one at a time, so that none stands in for another.
import { expect, onTestFinished, test } from 'vitest'
import { openImapSession } from '../../electron/engine/protocol/imap/imap-session.ts'
import { missingCyrus, missingServers } from '../servers/find-servers.ts'
import { startCyrusLab } from '../servers/start-cyrus-lab.ts'
import { startLab } from '../servers/start-lab.ts'
import { imapTarget, type ImapPlace } from './support/imap-target.ts'
import { signal } from './support/pop3-world.ts'

const missing = { dovecot: missingServers(), cyrus: missingCyrus() }
for (const reason of Object.values(missing)) if (reason !== undefined) console.warn(`skipped: ${reason}`)

/** What the server offers, and what is then seen on the wire without and with TLS. */
type Way = readonly [mechanisms: string, plain: string, encrypted: string]

const common: readonly Way[] = [
  ['PLAIN', 'PLAIN', 'PLAIN'],
  ['LOGIN', 'LOGIN', 'LOGIN'],
  ['CRAM-MD5', 'CRAM-MD5', 'CRAM-MD5'],
  ['SCRAM-SHA-1', 'SCRAM-SHA-1', 'SCRAM-SHA-1'],
  ['SCRAM-SHA-256', 'SCRAM-SHA-256', 'SCRAM-SHA-256'],
  ['PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256', 'SCRAM-SHA-256', 'PLAIN'],
]

async function logsOnEachWay(lab: ImapPlace, [mechanisms, plain, encrypted]: Way): Promise<void> {
  const logOn = { user: 'alice', password: 'alicepw' }
  for (const security of ['none', 'starttls', 'tls'] as const) {
    const lines: string[] = []
    const target = imapTarget(lab, { ...logOn, security, signIn: mechanisms === 'NTLM' ? 'spa' : 'password' })
    const session = await openImapSession(target, signal, (line) => lines.push(line))
    expect((await session.select('INBOX')).exists).toBe(0)
    await session.close()
    const seen = lines.flatMap((line) => /^C: \S+ ((?:AUTHENTICATE|LOGIN) \S+)/.exec(line)?.[1] ?? [])
    expect(seen).toEqual([`AUTHENTICATE ${security === 'none' ? plain : encrypted}`])
    expect(lines.join('\n')).not.toContain(logOn.password)
    await expect(openImapSession({ ...target, password: 'wrong' }, signal)).rejects.toMatchObject({ code: 'sign-in-refused' })
  }
}

test.skipIf(missing.dovecot !== undefined).for(common)('Dovecot with %s: plain, STARTTLS, TLS; right and wrong password', async (way) => {
  const lab = await startLab({ mechanisms: way[0].toLowerCase() })
  onTestFinished(() => lab.stop())
  await logsOnEachWay(lab, way)
})

test.skipIf(missing.cyrus !== undefined).for([...common, ['NTLM', 'NTLM', 'NTLM']] as const)(
  'Cyrus with %s: plain, STARTTLS, TLS; right and wrong password',
  async (way) => {
    const lab = await startCyrusLab({ mechanisms: way[0] })
    onTestFinished(() => lab.stop())
    await logsOnEachWay(lab, way)
  },
)
