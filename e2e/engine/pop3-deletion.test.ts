// What leaves the server, when, and who is asked before (B1, B2, B8).
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { MessageFacts } from '../../electron/engine/message-facts.ts'
import { openPop3Session } from '../../electron/engine/protocol/pop3/pop3-session.ts'
import { connectPop3 } from '../../electron/engine/sync/pop3-connection.ts'
import { ordinaryJob } from '../../electron/engine/sync/pop3-job.ts'
import { message, messages, signal, startPop3World, type Pop3World } from './support/pop3-world.ts'

let world: Pop3World
afterEach(async () => {
  await world.close()
})

const uidls = () => world.mail.map(({ uidl }) => uidl)
const deletedItems = () => world.engine.local('deleted')

test('P1, P13: a new account leaves everything on the server and asks nothing', async () => {
  world = await startPop3World({ mail: messages(3) })
  await world.connect()
  await world.connect()
  expect(uidls()).toEqual(['u1', 'u2', 'u3'])
  expect([...world.sent('DELE'), ...world.forecasts]).toEqual([])
})

test('P9, P13: downloading and deleting asks once, with the numbers, and deletes after the yes', async () => {
  world = await startPop3World({ mail: messages(3), options: { leaveOnServer: false } })
  await world.connect()
  const bytes = 3 * message('m1').length
  const numbers = { serverMessages: 3, serverBytes: bytes, newMessages: 3, newBytes: bytes, deleteNow: 3, deleteNowBytes: bytes }
  expect(world.forecasts).toEqual([{ account: world.account.id, accountName: world.account.name, ...numbers, deleteLater: null, never: 0 }])
  expect(uidls()).toEqual([])
  world.mail.push(...messages(2, 4))
  await world.restart()
  await world.connect()
  expect(world.forecasts).toHaveLength(1)
  expect(uidls()).toEqual([])
  expect(world.rows().map(({ subject }) => subject)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5'])
})

test('P13: after a no everything is here and nothing is gone there; the next connection asks again', async () => {
  world = await startPop3World({ mail: messages(2), options: { leaveOnServer: false } })
  world.isAgreeing = false
  const { notes, state } = await world.connect()
  expect([state, notes]).toEqual(['completed', ['Nothing was deleted from the server, because you did not agree.']])
  expect(uidls()).toEqual(['u1', 'u2'])
  expect(world.rows()).toHaveLength(2)
  world.isAgreeing = true
  await world.connect()
  expect(world.forecasts.map(({ deleteNow, newMessages }) => [deleteNow, newMessages])).toEqual([
    [2, 2],
    [2, 0],
  ])
  expect(uidls()).toEqual([])
})

test('P13: a run in the background never asks; it deletes what was agreed to and leaves a note otherwise', async () => {
  world = await startPop3World({ mail: messages(1), options: { leaveOnServer: false } })
  const { notes } = await world.connect({}, false)
  expect(notes).toEqual(['Messages wait to be deleted from the server. Press Send/Receive to see and confirm that.'])
  expect(world.forecasts).toEqual([])
  expect(uidls()).toEqual(['u1'])
  await world.connect()
  world.mail.push(...messages(1, 2))
  expect((await world.connect({}, false)).notes).toEqual([])
  expect(uidls()).toEqual([])
})

test('P13: Stop while the question is open takes it back and deletes nothing', async () => {
  world = await startPop3World({ mail: messages(1), options: { leaveOnServer: false } })
  const { engine } = world.engine
  const { runs } = engine.parts
  const closed: number[] = []
  engine.on('forecastClosed', ({ request }) => closed.push(request))
  world.isAgreeing = undefined
  engine.on('forecastNeeded', () => runs.stop(runs.current()[0]?.run as never))
  expect((await world.connect()).state).toBe('cancelled')
  expect(closed).toHaveLength(1)
  expect(engine.handlers['forecast.pending']({}, signal)).toEqual([])
  expect(uidls()).toEqual(['u1'])
})

test('P9, P13: after N days from the download; other options are another question', async () => {
  world = await startPop3World({ mail: messages(1), options: { removeAfterDays: 5 } })
  await world.connect()
  world.passDays(3)
  world.mail.push(...messages(1, 2))
  await world.connect()
  expect(world.forecasts).toEqual([])
  world.passDays(2)
  await world.connect()
  expect(uidls()).toEqual(['u2'])
  expect(world.forecasts).toMatchObject([{ deleteNow: 1, deleteLater: { days: 5, count: 1 }, never: 0 }])
  await world.setOptions({ removeAfterDays: 3 })
  await world.connect()
  expect(uidls()).toEqual(['u2'])
  world.passDays(1)
  world.isAgreeing = false
  await world.connect()
  expect(world.forecasts).toHaveLength(2)
  expect(uidls()).toEqual(['u2'])
  world.isAgreeing = true
  await world.connect()
  expect(uidls()).toEqual([])
  expect(world.rows()).toHaveLength(2)
})

test('P9: moved to Deleted Items it stays on the server; deleted from there, or for ever at once, it goes, also after a restart', async () => {
  world = await startPop3World({ mail: messages(4), options: { removeWhenDeleted: true } })
  await world.connect()
  const { handlers } = world.engine.engine
  await handlers['messages.delete']({ ids: [world.id('m1'), world.id('m2')], permanently: false }, signal)
  await handlers['messages.delete']({ ids: [world.id('m3')], permanently: true }, signal)
  await world.connect()
  expect(uidls()).toEqual(['u1', 'u2', 'u4'])
  await world.engine.engine.handlers['folders.empty']({ folder: deletedItems() }, signal)
  await world.restart()
  await world.connect()
  expect(uidls()).toEqual(['u4'])
  expect(world.rows().map(({ subject }) => subject)).toEqual(['m4'])
})

test('P9: without the option, what is deleted here stays there and does not come again', async () => {
  world = await startPop3World({ mail: messages(2) })
  await world.connect()
  await world.engine.engine.handlers['messages.delete']({ ids: [world.id('m1')], permanently: true }, signal)
  await world.connect()
  expect(uidls()).toEqual(['u1', 'u2'])
  expect(world.rows()).toHaveLength(1)
  expect(world.sent('RETR')).toHaveLength(2)
})

test('P9: unticking "leave a copy" counts beforehand what it will delete, and does that', async () => {
  world = await startPop3World({ mail: messages(3) })
  await world.connect()
  const { handlers } = world.engine.engine
  const options = { ...world.account.pop3, leaveOnServer: false }
  expect(handlers['pop3.forecastOptions']({ id: world.account.id, options }, signal)).toMatchObject({
    heldOnServer: 3,
    onServer: { messages: 3 },
  })
  await world.setOptions({ leaveOnServer: false })
  await world.connect()
  expect(world.forecasts).toMatchObject([{ deleteNow: 3, newMessages: 0 }])
  expect(uidls()).toEqual([])
})

test('P13: options that were changed and changed back are asked about again', async () => {
  world = await startPop3World({ mail: messages(1), options: { leaveOnServer: false } })
  await world.connect()
  await world.setOptions({ leaveOnServer: true })
  world.mail.push(...messages(1, 2))
  await world.connect()
  await world.setOptions({ leaveOnServer: false })
  world.isAgreeing = false
  await world.connect()
  expect(world.forecasts.map(({ deleteNow }) => deleteNow)).toEqual([1, 1])
  expect(uidls()).toEqual(['u2'])
})

test('P9: ticking "leave a copy" again spares what was due and is still there', async () => {
  world = await startPop3World({ mail: messages(2), options: { leaveOnServer: false } })
  world.server.faults.onCommand = (name) => (name === 'QUIT' ? '-ERR [SYS/TEMP] not now' : undefined)
  expect((await world.connect()).error?.code).toBe('server-busy')
  expect(states()).toEqual(['to-be-deleted', 'to-be-deleted'])
  delete world.server.faults.onCommand
  await world.setOptions({ leaveOnServer: true })
  await world.connect()
  expect(uidls()).toEqual(['u1', 'u2'])
  expect(states()).toEqual(['downloaded', 'downloaded'])
})

test('P8: deleted is what QUIT has confirmed; else only the DELE comes again', async () => {
  world = await startPop3World({ mail: messages(2), options: { leaveOnServer: false } })
  world.server.faults.onCommand = (name) => (name === 'QUIT' ? '-ERR not now' : undefined)
  await world.connect()
  expect(states()).toEqual(['to-be-deleted', 'to-be-deleted'])
  delete world.server.faults.onCommand
  world.forget()
  await world.connect()
  expect(world.sent('RETR')).toEqual([])
  expect(world.sent('DELE')).toHaveLength(2)
  expect(states()).toEqual(['deleted', 'deleted'])
  expect(uidls()).toEqual([])
  await world.connect()
  expect(states()).toEqual([])
})

test('P7: what can not be read back with the right hash stays on the server', async () => {
  world = await startPop3World({ mail: [...messages(1), { uidl: 'big', raw: message('big', 'x'.repeat(300_000)) }] })
  await world.connect()
  const { store } = world.engine.engine.parts
  const { body } = store.messages.details(world.id('big'))
  if (!body) throw new Error('there is no body')
  rmSync(join(world.engine.folder, 'bodies', body.hash.slice(0, 2), body.hash))
  await world.setOptions({ leaveOnServer: false })
  expect((await world.connect()).notes).toEqual(['A message stays on the server because its copy here is damaged.'])
  expect(uidls()).toEqual(['big'])
})

test('P15: a message that another program took in the meantime is noted and stops nothing', async () => {
  world = await startPop3World({ mail: messages(4), options: { leaveOnServer: false } })
  world.server.faults.onCommand = (name, args) => (name === 'RETR' && args === '2' ? '-ERR no such message' : undefined)
  const { state, notes } = await world.connect()
  expect([state, notes]).toEqual([
    'completed',
    ['A message went from the server before it was its turn: another program has taken or deleted it.'],
  ])
  expect(world.rows().map(({ subject }) => subject)).toEqual(['m1', 'm3', 'm4'])
  expect(uidls()).toEqual(['u2'])
  delete world.server.faults.onCommand
  await world.connect()
  expect(world.rows()).toHaveLength(4)
  expect(uidls()).toEqual([])
})

test.each([
  ['-ERR [LOGIN-DELAY] wait a minute', 'server-busy'],
  ['-ERR [SYS/TEMP] try later', 'server-busy'],
  ['-ERR [SYS/PERM] never again', 'permission-denied'],
])('P15: %s is told, changes nothing, and the next connection works', async (reply, code) => {
  world = await startPop3World({ mail: messages(1) })
  world.server.faults.onCommand = (name) => (name === 'PASS' || name === 'AUTH' ? reply : undefined)
  const { error } = await world.connect()
  expect(error).toMatchObject({ code, detail: { reply } })
  delete world.server.faults.onCommand
  expect((await world.connect()).state).toBe('completed')
  expect(world.rows()).toHaveLength(1)
})

test('P15: checks by themselves leave a server alone for as long as it says; the user is not held up', async () => {
  world = await startPop3World({ mail: messages(1) })
  world.server.faults.onCommand = (name) =>
    name === 'CAPA' ? Buffer.from('+OK\r\nUSER\r\nUIDL\r\nTOP\r\nLOGIN-DELAY 86400\r\n.\r\n') : undefined
  await world.connect({}, false)
  world.mail.push(...messages(1, 2))
  world.forget()
  expect((await world.connect({}, false)).state).toBe('completed')
  expect(world.sent('')).toEqual([])
  await world.connect()
  world.mail.push(...messages(1, 3))
  world.passDays(1)
  await world.connect({}, false)
  expect(world.sent('RETR')).toEqual(['RETR 2', 'RETR 3'])
})

test('P15: a maildrop that another program has locked is tried again in the same run', { timeout: 15_000 }, async () => {
  world = await startPop3World({ mail: messages(1) })
  const { faults } = world.server
  faults.isLocked = true
  const texts = new Set<string>()
  world.engine.engine.on('runProgress', ({ tasks }) => {
    const text = tasks[0]?.text ?? ''
    if (text.startsWith('Another program')) faults.isLocked = false
    texts.add(text)
  })
  expect((await world.connect()).state).toBe('completed')
  expect(texts).toContain('Another program is using this mailbox. Trying again in a moment...')
  expect(world.rows()).toHaveLength(1)
})

test('rules may look at a header on the server: left there, deleted there, or fetched', async () => {
  world = await startPop3World({ mail: [...messages(2), { uidl: 'spam', raw: message('spam') }, { uidl: 'big', raw: message('big') }] })
  const { store } = world.engine.engine.parts
  const open = () =>
    openPop3Session(
      {
        ...{ host: '127.0.0.1', port: world.server.port, security: 'none', user: 'alice', password: 'right', signIn: 'password' },
        ...{ trust: { certificates: [], ca: null }, timeoutMs: 5000, accountName: 'a' },
      },
      signal,
    )
  const connection = {
    ...{ store, account: world.account, clock: { now: Date.now }, signal, job: ordinaryJob, open },
    ...{ forecasts: world.engine.engine.parts.forecasts, progress: { say() {}, expect() {}, note() {}, got() {} } },
    judgeHeader: ({ envelope }: MessageFacts) =>
      envelope.subject === 'spam' ? 'delete-on-server' : envelope.subject === 'big' ? 'leave-on-server' : ('as-set' as const),
  } as const
  await connectPop3(connection)
  await connectPop3(connection)
  expect(world.sent('TOP')).toHaveLength(4)
  expect(world.sent('RETR')).toEqual(['RETR 1', 'RETR 2'])
  expect(uidls()).toEqual(['u1', 'u2', 'big'])
  expect(world.forecasts).toMatchObject([{ deleteNow: 1 }])
})

test('P16: a server that talks nonsense when commands come together gets one at a time', async () => {
  world = await startPop3World({ mail: messages(5) })
  world.server.faults.onCommand = (name) => (name === 'RETR' ? 'what?' : undefined)
  const { notes } = await world.connect()
  expect(notes).toEqual(['127.0.0.1 failed with several commands on their way. From now on it gets one at a time.'])
  delete world.server.faults.onCommand
  await world.restart()
  const most = world.server.mostCommandsAtOnce
  expect((await world.connect()).state).toBe('completed')
  expect(world.server.mostCommandsAtOnce).toBe(most)
  expect(world.rows()).toHaveLength(5)
})

function states(): readonly string[] {
  return [...world.engine.engine.parts.store.uidls.known(world.account.id).values()].map(({ state }) => state)
}
