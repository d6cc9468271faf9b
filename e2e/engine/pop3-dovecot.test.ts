// The same on a real server: every kind of encryption, headers, marks and deletions. Counts come from Dovecot's own log.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingServers } from '../servers/find-servers.ts'
import type { LabUserName } from '../servers/lab-users.ts'
import { startLab, type Lab } from '../servers/start-lab.ts'
import type { Account, Pop3Options } from '../../shared/domain/account.ts'
import { message, signal } from './support/pop3-world.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const missing = missingServers()
const onDovecot = test.skipIf(missing !== undefined)
if (missing !== undefined) console.warn(`skipped: ${missing}`)

let lab: Lab
beforeAll(async () => {
  if (missing === undefined) lab = await startLab()
}, 60_000)
afterAll(async () => {
  await lab?.stop()
})

async function start(name: LabUserName, security: 'none' | 'starttls' | 'tls', options: Partial<Pop3Options>) {
  const engine = await startTestEngine()
  const port = security === 'tls' ? lab.pop3.tlsPort : lab.pop3.port
  const base = accountSettings({ protocol: 'pop3', user: name, port, security, ca: lab.ca })
  const account = await engine.addAccount({ ...base, pop3: { ...base.pop3, ...options } }, lab.user(name).password)
  engine.engine.on('forecastNeeded', ({ request }) => {
    setImmediate(() => engine.engine.parts.forecasts.answer(request, true))
  })
  return { engine, account }
}

/** What Dovecot wrote about the last session: TOPs, RETRs and messages deleted. */
function lastSession(): { readonly top: number; readonly retr: number; readonly del: number } {
  const sessions = [...lab.log().matchAll(/top=(\d+)\/\d+, retr=(\d+)\/\d+, del=(\d+)\//g)]
  const [, top, retr, del] = sessions.at(-1) ?? []
  return { top: Number(top), retr: Number(retr), del: Number(del) }
}

async function connect(engine: TestEngine, { id }: Account, sessions: number): Promise<void> {
  const { tasks } = await engine.engine.parts.runs.start({
    ...{ accounts: [id], receive: true, send: false, isForeground: true, bodies: 'on-demand' },
  }).done
  expect(tasks.map(({ error }) => error)).toEqual([null])
  await expect.poll(() => lab.log().match(/retr=/g)?.length ?? 0, { timeout: 5000 }).toBeGreaterThanOrEqual(sessions)
}

onDovecot.for(['none', 'starttls', 'tls'] as const)('P9: downloads and deletes, security %s', async (security) => {
  const before = lab.log().match(/retr=/g)?.length ?? 0
  for (const subject of ['one', 'two']) lab.deliver('bob', message(`${security} ${subject}`))
  const { engine, account } = await start('bob', security, { leaveOnServer: false })
  await connect(engine, account, before + 1)
  expect(lastSession()).toEqual({ top: 0, retr: 2, del: 2 })
  expect(lab.mailbox('bob')).toEqual([])
  expect(engine.rows(engine.local('inbox')).map(({ subject }) => subject)).toEqual([`${security} one`, `${security} two`])
  await engine.close()
})

onDovecot('P10, P11: 10 known and 14 on the server are four TOPs; marks are RETR, RETR and DELE, and DELE', async () => {
  const before = lab.log().match(/retr=/g)?.length ?? 0
  for (let index = 1; index <= 10; index += 1) lab.deliver('carol', message(`m${index}`))
  const { engine, account } = await start('carol', 'tls', { headersOnly: true })
  await connect(engine, account, before + 1)
  for (let index = 11; index <= 14; index += 1) lab.deliver('carol', message(`m${index}`))
  await connect(engine, account, before + 2)
  expect(lastSession()).toEqual({ top: 4, retr: 0, del: 0 })
  const inbox = engine.local('inbox')
  const id = (subject: string) => engine.rows(inbox).flatMap((row) => (row.subject === subject ? row.id : []))
  const { handlers } = engine.engine
  await handlers['pop3.setMarks']({ ids: id('m1'), mark: 'retrieve' }, signal)
  await handlers['pop3.setMarks']({ ids: id('m2'), mark: 'retrieve-copy' }, signal)
  await handlers['pop3.deleteOnServer']({ ids: id('m3') }, signal)
  await connect(engine, account, before + 3)
  expect(lastSession()).toEqual({ top: 0, retr: 2, del: 2 })
  expect(lab.mailbox('carol')).toHaveLength(12)
  expect(engine.rows(inbox).filter(({ state }) => state === 'downloaded')).toHaveLength(2)
  expect(engine.rows(inbox)).toHaveLength(13)
  await engine.close()
})
