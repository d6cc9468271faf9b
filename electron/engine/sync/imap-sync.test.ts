import { expect, test } from 'vitest'
import type { ErrorCode } from '../../../shared/errors/mail-error.ts'
import type { ImapFaults } from '../../practice/imap-faults.ts'
import { allCapabilities } from '../../practice/imap-server.ts'
import { headerFacts } from '../mime/facts.ts'
import { applyFlagChange } from '../operations/set-flags.ts'
import { mail, type ScriptedWorld, startScriptedWorld } from './imap-sync-test-kit.ts'

const withQresync = [...allCapabilities, 'QRESYNC']
const subjectsTo = (count: number) => Array.from({ length: count }, (_, index) => `m${index + 1}`)

async function worldWith(count: number, capabilities = withQresync): Promise<ScriptedWorld> {
  const world = await startScriptedWorld({ capabilities })
  for (const subject of subjectsTo(count)) world.server.mailboxes.deliver('INBOX', mail(subject))
  return world
}

test('the newest hundred come first, and what is here already is not fetched again after a cut', async () => {
  const world = await worldWith(700)
  world.server.faults.onCommand = ({ name }, connection) => {
    const fetches = world.server.commands.filter((command) => command.name === 'UID FETCH').length
    if (name === 'UID FETCH' && fetches === 3) connection.cut()
    return undefined
  }
  expect((await world.failedSync()).code).toBe('connection-lost')
  expect(world.rows().map((row) => row.uid)).toEqual(Array.from({ length: 500 }, (_, index) => index + 201))
  // Meanwhile: flags of what is here, new mail, and a loss on both sides.
  world.server.mailboxes.setFlags('INBOX', 300, ['\\Flagged'])
  world.server.mailboxes.expunge('INBOX', new Set([10, 699]))
  world.server.mailboxes.deliver('INBOX', mail('late'))
  delete world.server.faults.onCommand
  await world.sync()
  expect(world.subjects()).toEqual([...subjectsTo(700).filter((subject) => subject !== 'm10' && subject !== 'm699'), 'late'])
  expect(world.rows().find((row) => row.uid === 300)?.summary.flags.flagged).toBe(true)
  const fetched = world.sent.filter((command) => command.startsWith('UID FETCH') && command.includes('HEADER.FIELDS'))
  expect(fetched.map((command) => command.split(' ')[2])).toEqual(['102:200,701', '1:9,11:101'])
  await world.sync()
  expect(world.sent.filter((command) => command.includes('FETCH'))).toEqual([])
})

test('QRESYNC: flags and expunges come with SELECT, and nothing else is asked', async () => {
  const world = await worldWith(5)
  await world.sync()
  world.server.mailboxes.expunge('INBOX', new Set([2]))
  world.server.mailboxes.setFlags('INBOX', 3, ['\\Seen', '$Forwarded'])
  await world.sync()
  expect(world.subjects()).toEqual(['m1', 'm3', 'm4', 'm5'])
  expect(world.rows()[1]?.summary.flags).toMatchObject({ seen: true, forwarded: true })
  expect(world.sent.filter((command) => !/^(LIST|UNSELECT)/.test(command))).toEqual(['SELECT INBOX (QRESYNC (1700000001 6))'])
})

test.each([
  ['that is no set', '* VANISHED (EARLIER) 1:x'],
  ['without a set', '* VANISHED (EARLIER)'],
  ['of nothing', '* VANISHED (EARLIER) 0'],
  ['with flags that can not be read', '* 1 FETCH (UID 1 FLAGS ('],
  ['of messages that are there still, seemingly', '* VANISHED (EARLIER) 1:4294967295'],
])('VANISHED %s costs no message', async (_, line) => {
  const world = await worldWith(5)
  await world.sync()
  const before = world.rows().map((row) => row.summary.id)
  world.server.mailboxes.setFlags('INBOX', 3, ['\\Seen'])
  world.server.faults.onCommand = ({ name }, connection) => {
    if (name === 'SELECT') connection.send(line)
    return undefined
  }
  await world.sync()
  expect(world.subjects()).toEqual(['m1', 'm2', 'm3', 'm4', 'm5'])
  expect(world.rows()[2]?.summary.flags.seen).toBe(true)
  expect(world.rows().map((row) => row.summary.id)).toEqual(before)
})

test('VANISHED that names messages which are gone and more is held against the number of messages', async () => {
  const world = await worldWith(5)
  await world.sync()
  const before = world.rows().map((row) => row.summary.id)
  world.server.mailboxes.expunge('INBOX', new Set([2]))
  world.server.faults.onCommand = ({ name }, connection) => {
    if (name === 'SELECT') connection.send('* VANISHED (EARLIER) 1:4')
    return undefined
  }
  await world.sync()
  expect(world.rows().map((row) => row.summary.id)).toEqual(before.filter((_, index) => index !== 1))
})

test('flags that can not be read do not make a message go', async () => {
  const world = await worldWith(
    5,
    allCapabilities.filter((name) => name !== 'CONDSTORE'),
  )
  await world.sync()
  const before = world.rows().map((row) => row.summary.id)
  world.server.mailboxes.expunge('INBOX', new Set([5]))
  world.server.faults.onCommand = ({ name, tag, text }, connection) => {
    if (name !== 'UID FETCH' || text.includes('HEADER')) return undefined
    const lines = [1, 2, 3, 4].map((uid) => `* ${uid} FETCH (UID ${uid} FLAGS ${uid === 2 ? '(' : '()'})`)
    connection.send(`${lines.join('\r\n')}\r\n${tag} OK Done`)
    return 'handled'
  }
  await world.sync()
  expect(world.rows().map((row) => row.summary.id)).toEqual(before.slice(0, 4))
})

test('the count tells what MODSEQ does not: a server that forgets an expunge is compared', async () => {
  const world = await worldWith(5, [...allCapabilities])
  await world.sync()
  world.server.mailboxes.expunge('INBOX', new Set([4]))
  await world.sync()
  expect(world.subjects()).toEqual(['m1', 'm2', 'm3', 'm5'])
  expect(world.sent.some((command) => command.startsWith('UID SEARCH'))).toBe(true)
})

test('an expunge that is told in the wrong place takes no other message with it', async () => {
  const world = await worldWith(5, [...allCapabilities])
  world.server.faults.onCommand = ({ name }, connection) => {
    if (name === 'UID FETCH') connection.send('* 2 EXPUNGE')
    return undefined
  }
  await world.sync()
  delete world.server.faults.onCommand
  world.server.mailboxes.setFlags('INBOX', 1, ['\\Seen'])
  await world.sync()
  expect(world.subjects()).toEqual(subjectsTo(5))
})

test.each<[string, string]>([
  ['UID SEARCH', '* SEARCH'],
  ['UID SEARCH', '* SEARCH 1 2'],
])('a server that answers %s with "%s" while it has more is not believed', async (command, answer) => {
  const world = await worldWith(5, [...allCapabilities])
  await world.sync()
  world.server.mailboxes.expunge('INBOX', new Set([5]))
  world.server.faults.onCommand = ({ name, tag }, connection) => {
    if (name !== command) return undefined
    connection.send(`${answer}\r\n${tag} OK Done`)
    return 'handled'
  }
  await world.sync()
  expect(world.subjects()).toEqual(['m1', 'm2', 'm3', 'm4'])
})

test('a server that shows nothing of what it says it has is told so, and nothing is lost', async () => {
  const world = await worldWith(5, [...allCapabilities])
  await world.sync()
  world.server.mailboxes.expunge('INBOX', new Set([5]))
  world.server.faults.onCommand = ({ name, tag }, connection) => {
    if (name !== 'UID SEARCH' && name !== 'UID FETCH') return undefined
    connection.send(`${tag} OK Done`)
    return 'handled'
  }
  expect((await world.failedSync()).code).toBe('server-misbehaved')
  expect(world.subjects()).toEqual(subjectsTo(5))
})

test.each<[string, ErrorCode]>([
  ['LIST', 'permission-denied'],
  ['UNSELECT', 'permission-denied'],
  ['SELECT', 'folder-missing'],
  ['UID SEARCH', 'permission-denied'],
  ['UID FETCH', 'permission-denied'],
])('NO to %s is an error with its words, loses nothing, and the next pass makes up for it', async (command, code) => {
  const world = await worldWith(5, [...allCapabilities])
  await world.sync()
  world.server.mailboxes.deliver('INBOX', mail('m6'))
  world.server.mailboxes.expunge('INBOX', new Set([1]))
  world.server.faults.replies = { [command]: 'NO Not now' }
  const failure = await world.failedSync().catch(() => undefined)
  if (command !== 'UNSELECT') expect(failure).toMatchObject({ code, detail: { reply: 'NO Not now' } })
  expect(world.subjects()).toEqual(expect.arrayContaining(['m2', 'm3', 'm4', 'm5']))
  delete world.server.faults.replies
  await world.sync()
  expect(world.subjects()).toEqual(['m2', 'm3', 'm4', 'm5', 'm6'])
})

test('a folder that may not be opened keeps no mail of others away, and is only noted', async () => {
  const world = await startScriptedWorld()
  for (const path of ['A', 'B', 'C']) {
    world.server.mailboxes.create(path, { isSubscribed: true })
    world.server.mailboxes.deliver(path, mail(`in ${path}`))
  }
  world.server.faults.onCommand = ({ name, tag, text }, connection) => {
    if (name !== 'SELECT' || !text.endsWith(' B')) return undefined
    connection.send(`${tag} NO [NOPERM] Not yours`)
    return 'handled'
  }
  await world.sync()
  expect(['A', 'B', 'C'].map((path) => world.subjects(path))).toEqual([['in A'], [], ['in C']])
  expect(world.notes).toEqual(["The server does not let us open 'B': NO [NOPERM] Not yours"])
})

test('C8: the numbers change between LIST and SELECT, and again while headers come', async () => {
  const world = await worldWith(300, [...allCapabilities, 'OBJECTID'])
  await world.sync({ kind: 'everything' })
  const before = new Map(world.rows().map((row) => [row.summary.subject, row]))
  let renumbered = 0
  world.server.mailboxes.deliver('INBOX', mail('new'))
  world.server.faults.onCommand = ({ name }, connection) => {
    if (name === 'SELECT' && renumbered === 0) world.server.mailboxes.renumber('INBOX')
    const isSecond = name === 'UID FETCH' && renumbered === 1
    if (name === 'SELECT' || isSecond) renumbered++
    if (isSecond) {
      world.server.mailboxes.renumber('INBOX')
      connection.cut()
    }
    return undefined
  }
  expect((await world.failedSync()).code).toBe('connection-lost')
  delete world.server.faults.onCommand
  await world.sync()
  expect(world.subjects()).toEqual([...subjectsTo(300), 'new'])
  for (const row of world.rows()) {
    const earlier = before.get(row.summary.subject)
    expect([row.summary.id, row.body]).toEqual(earlier ? [earlier.summary.id, earlier.body] : [row.summary.id, null])
  }
  expect(world.server.commands.filter((command) => command.name === 'UID FETCH' && command.text.includes('BODY.PEEK[]'))).not.toHaveLength(
    0,
  )
})

test('C8: what waits for the server reaches its message under the new number', async () => {
  const world = await worldWith(4, [...allCapabilities])
  const nameless = Buffer.from('Subject: nameless\r\n\r\nHi\r\n')
  world.server.mailboxes.deliver('INBOX', nameless, [], 1_600_000_000_000)
  await world.sync()
  const last = world.rows()[4]?.summary.id
  const second = world.rows()[1]?.summary.id
  if (second === undefined || last === undefined) throw new Error('nothing came')
  world.store.transaction(() => applyFlagChange(world.store, { ids: [second, last], add: ['flagged'], remove: [] }))
  world.server.mailboxes.expunge('INBOX', new Set([1]))
  world.server.mailboxes.renumber('INBOX')
  await world.sync()
  await world.sync()
  const flagged = world.server.mailboxes.find('INBOX')?.messages.filter(({ flags }) => flags.has('\\Flagged')) ?? []
  expect(flagged.map(({ raw }) => /Subject: (.*)\r/.exec(raw.toString())?.[1])).toEqual(['m2', 'nameless'])
  expect(world.rows().map((row) => [row.summary.subject, row.uid, row.summary.flags.flagged])).toEqual([
    ['m2', 1, true],
    ['m3', 2, false],
    ['m4', 3, false],
    ['nameless', 4, true],
  ])
  expect(world.rows()[0]?.summary.id).toBe(second)
  expect(world.store.operations.list(world.account.id)).toEqual([])
})

test('I8: twins go to different rows, a message of another size to none', async () => {
  const world = await worldWith(0)
  await world.sync()
  const { store, account, server } = world
  const folder = world.folder('INBOX').id
  server.mailboxes.deliver('INBOX', mail('seed'))
  await world.sync()
  const raw = mail('twin')
  const twin = world.rows()[0]
  if (!twin) throw new Error('nothing came')
  const facts = headerFacts(raw)
  const row = { folder, account: account.id, facts, flags: {}, size: raw.length, receivedAt: 0, body: null }
  const ids = store.messages.addMany([row, row, { ...row, size: raw.length + 5000 }])
  for (let count = 0; count < 2; count++) server.mailboxes.deliver('INBOX', raw)
  await world.sync()
  expect(world.rows().map(({ summary, uid }) => [summary.id, uid])).toEqual([
    [ids[2], null],
    [twin.summary.id, 1],
    [ids[0], 2],
    [ids[1], 3],
  ])
})

test('C8: rows that were headers only get their bodies when everything is fetched anew', async () => {
  const world = await worldWith(3)
  await world.sync()
  const before = world.rows().map((row) => row.summary.id)
  world.server.mailboxes.renumber('INBOX')
  await world.sync({ kind: 'everything' })
  expect(world.rows().map((row) => [row.summary.id, row.body !== null])).toEqual(before.map((id) => [id, true]))
})

test('a folder of a calendar server is shown as what it is, and not opened', async () => {
  const world = await startScriptedWorld({ faults: { onCommand: exchange } })
  for (const path of ['Kalender', 'Projekte', 'Projekte/Kalender']) world.server.mailboxes.create(path, { isSubscribed: true })
  await world.sync()
  expect(['Kalender', 'Projekte', 'Projekte/Kalender'].map((path) => world.folder(path).content)).toEqual(['calendar', 'mail', 'mail'])
  expect(world.sent.filter((command) => command.startsWith('SELECT'))).toEqual([
    'SELECT INBOX',
    'SELECT Projekte',
    'SELECT Projekte/Kalender',
  ])
})

const exchange: NonNullable<ImapFaults['onCommand']> = ({ name, tag }, connection) => {
  if (name !== 'ID') return undefined
  connection.send(`* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")\r\n${tag} OK Done`)
  return 'handled'
}

test('Kolab notes beside each folder what it holds; they are asked for when there is a new folder', async () => {
  const world = await startScriptedWorld({ capabilities: [...allCapabilities, 'METADATA'] })
  world.server.faults.onCommand = ({ name, tag }, connection) => {
    if (name !== 'GETMETADATA') return undefined
    connection.send(
      [
        '* METADATA Termine (/shared/vendor/kolab/folder-type "event.default")',
        '* METADATA "B&APw-ro" (/shared/vendor/kolab/folder-type NIL /private/vendor/kolab/folder-type "contact")',
        '* METADATA INBOX (/shared/vendor/kolab/folder-type "mail.inbox")',
        `${tag} OK Done`,
      ].join('\r\n'),
    )
    return 'handled'
  }
  for (const path of ['Termine', 'Büro', 'Mail']) world.server.mailboxes.create(path, { isSubscribed: true })
  await world.sync()
  expect(['Termine', 'Büro', 'Mail', 'INBOX'].map((path) => world.folder(path).content)).toEqual(['calendar', 'contacts', 'mail', 'mail'])
  await world.sync()
  expect(world.sent.filter((command) => command.startsWith('GETMETADATA'))).toEqual([])
  expect(world.folder('Termine').content).toBe('calendar')
})

test('without LIST-STATUS the counts of all folders are asked for at once', async () => {
  const world = await startScriptedWorld({ capabilities: allCapabilities.filter((name) => !name.startsWith('LIST-')) })
  for (const path of ['Ä "quoted"', 'B', 'C']) world.server.mailboxes.create(path, { isSubscribed: true })
  world.server.mailboxes.deliver('C', mail('one'))
  await world.sync()
  world.server.mailboxes.deliver('B', mail('two'))
  await world.sync()
  expect(world.sent.filter((command) => command.startsWith('SELECT'))).toEqual(['SELECT B'])
  expect(world.sent.filter((command) => command.startsWith('STATUS'))).toHaveLength(4)
  expect([world.subjects('B'), world.subjects('C')]).toEqual([['two'], ['one']])
})

test('special folders are those that the user chose, else those of the server', async () => {
  const world = await startScriptedWorld({}, { sentFolder: 'Mine/Out', junkFolder: 'Nowhere' })
  world.server.mailboxes.create('Sent', { specialUse: '\\Sent' })
  world.server.mailboxes.create('Mine/Out')
  world.server.mailboxes.create('Spam')
  await world.sync()
  expect(['Sent', 'Mine/Out', 'Spam'].map((path) => world.folder(path).role)).toEqual(['none', 'sent', 'junk'])
  expect(world.folder('Mine/Out').sync).toBe('new')
})

test('an account without any subscription shows all its folders', async () => {
  const world = await startScriptedWorld()
  for (const path of ['A', 'B']) world.server.mailboxes.create(path)
  await world.sync()
  expect(['A', 'B'].map((path) => world.folder(path).isShown)).toEqual([true, true])
  world.server.mailboxes.subscribe('B', true)
  await world.sync()
  expect(['A', 'B', 'INBOX'].map((path) => world.folder(path).isShown)).toEqual([false, true, true])
})

test('a folder that was switched off for its extension is followed without it', async () => {
  const world = await startScriptedWorld({ capabilities: withQresync }, { switchedOff: ['CONDSTORE', 'LIST-STATUS'] })
  world.server.mailboxes.deliver('INBOX', mail('one'))
  await world.sync()
  world.server.mailboxes.setFlags('INBOX', 1, ['\\Seen'])
  await world.sync()
  expect(world.rows()[0]?.summary.flags.seen).toBe(true)
  expect(world.server.commands.map(({ text }) => text).join('\n')).not.toMatch(/QRESYNC|CONDSTORE|MODSEQ|CHANGEDSINCE|RETURN \(STATUS/)
})
