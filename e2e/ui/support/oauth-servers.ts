import { readFileSync } from 'node:fs'
import { type IdentityProvider, startIdentityProvider } from '../../../electron/practice/identity-provider.ts'
import { arrayMaildrop } from '../../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../../electron/practice/pop3-server.ts'
import { type RunningSmtpServer, startSmtpServer } from '../../../electron/practice/smtp-server.ts'
import { testAddress } from './add-account.ts'

export interface OAuthServers {
  readonly provider: IdentityProvider
  readonly smtp: RunningSmtpServer
  /** What a help desk would hand out for them. */
  readonly preset: object
}

const fixture = (name: string) => readFileSync(new URL(`../../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')

/** Mail servers that take nothing but tokens, and the provider that gives them, for as long as the work lasts. */
export async function withOAuthServers(work: (servers: OAuthServers) => Promise<void>): Promise<void> {
  const provider = await startIdentityProvider({ user: testAddress })
  const password = () => provider.newestToken() ?? 'nobody has signed in'
  const pair = { cert: fixture('good.pem'), key: fixture('good.key') }
  const maildrop = arrayMaildrop([
    { uidl: 'one', raw: Buffer.from('From: Bob <bob@example.org>\r\nSubject: Behind the sign-in page\r\n\r\nHello\r\n') },
  ])
  const pop3 = await startPop3Server({
    findUser: () => ({ password: password(), maildrop }),
    abilities: { mechanisms: ['XOAUTH2'] },
    tls: pair,
  })
  const user = {
    user: testAddress,
    get password() {
      return password()
    },
  }
  const smtp = await startSmtpServer({ users: [user], mechanisms: ['XOAUTH2'], tls: { mode: 'tls', ...pair } })
  const oauth = { provider: 'other', issuer: provider.issuer, clientId: 'practice-client' }
  const preset = {
    postrider: 1,
    name: 'Example Corp',
    email: '%EMAILADDRESS%',
    incoming: { protocol: 'pop3', host: '127.0.0.1', port: pop3.port, user: '%EMAILADDRESS%', auth: 'oauth2', oauth },
    outgoing: { host: '127.0.0.1', port: smtp.port, security: 'tls' },
    trust: { ca: fixture('ca.pem') },
  }
  try {
    await work({ provider, smtp, preset })
  } finally {
    await pop3.close()
    await smtp.close()
    await provider.close()
  }
}
