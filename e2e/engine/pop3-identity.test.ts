// Mail stays one and the same, whatever the server does to its UIDLs (B9).
import { afterEach, expect, test } from 'vitest'
import type { Pop3Server } from '../../electron/practice/pop3-server.ts'
import type { StoredMessage } from '../../electron/practice/pop3-maildrop.ts'
import { generateMail } from '../servers/generated-mail.ts'
import { message, messages, signal, startPop3World, type Pop3World } from './support/pop3-world.ts'

let world: Pop3World
afterEach(async () => {
  await world.close()
})

const subjects = () => world.rows().map(({ subject }) => subject)
const rename = (mail: StoredMessage[], name: (index: number) => string) => {
  mail.splice(0, mail.length, ...mail.map(({ raw }, index) => ({ uidl: name(index), raw })))
}

test('P12: 10,000 renumbered UIDLs: nothing twice, no body fetched again, at most 5 % of the bytes', { timeout: 120_000 }, async () => {
  const count = 10_000
  const mail = Array.from({ length: count }, (_, index) => ({
    uidl: `old-${index}`,
    raw: Buffer.from(
      `From: a@example.org\r\nMessage-ID: <${index}@example.org>\r\nSubject: ${index}\r\n\r\n${'line of text\r\n'.repeat(200)}`,
    ),
  }))
  const bytes = mail.reduce((sum, { raw }) => sum + raw.length, 0)
  const headers = mail.reduce((sum, { raw }) => sum + raw.indexOf('\r\n\r\n') + 4, 0)
  world = await startPop3World({ mail })
  await world.connect()
  rename(mail, (index) => `new-${count - index}`)
  world.forget()
  await world.connect()
  expect(world.sent('RETR')).toEqual([])
  expect(world.sent('TOP')).toHaveLength(count)
  expect(world.engine.engine.parts.store.folders.get(world.engine.local('inbox')).total).toBe(count)
  expect(headers / bytes).toBeLessThan(0.05)
  world.forget()
  await world.connect()
  expect([...world.sent('TOP'), ...world.sent('RETR')]).toEqual([])
})

test('P12: after a renumbering only what is really new is fetched, and what was held back still goes', async () => {
  world = await startPop3World({ mail: messages(8) })
  await world.connect()
  rename(world.mail, (index) => `other-${index}`)
  world.mail.push(...messages(1, 9))
  world.forget()
  await world.setOptions({ leaveOnServer: false })
  await world.connect()
  expect(world.sent('RETR')).toEqual(['RETR 9'])
  expect(world.forecasts).toMatchObject([{ deleteNow: 9, newMessages: 1 }])
  expect(world.mail).toEqual([])
  expect(world.rows()).toHaveLength(9)
})

test('P12: two renumbered messages are as few duplicates as ten thousand: none', async () => {
  world = await startPop3World({ mail: messages(2) })
  await world.connect()
  rename(world.mail, (index) => `other-${index}`)
  await world.connect()
  expect(subjects()).toEqual(['m1', 'm2'])
})

test('P12: marks and headers keep their message under its new UIDL', async () => {
  world = await startPop3World({ mail: messages(6), options: { headersOnly: true } })
  await world.connect()
  await world.engine.engine.handlers['pop3.setMarks']({ ids: [world.id('m4')], mark: 'delete' }, signal)
  rename(world.mail, (index) => `other-${index}`)
  await world.connect()
  expect(subjects()).toEqual(['m1', 'm2', 'm3', 'm5', 'm6'])
  expect(world.mail).toHaveLength(5)
})

test('P12: a server that counts UIDLs anew after each deletion neither hides mail nor repeats it', async () => {
  const mail = Array.from({ length: 5 }, (_, index) => ({ uidl: String(index + 1), raw: message(`m${index + 1}`, 'x'.repeat(index * 7)) }))
  world = await startPop3World({ mail })
  await world.connect()
  mail.shift()
  mail.push({ uidl: '', raw: message('m6', 'short') })
  rename(mail, (index) => String(index + 1))
  world.forget()
  await world.connect()
  expect(world.sent('RETR')).toEqual(['RETR 5'])
  expect(subjects()).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6'])
})

test('P12: an account that was removed and made anew fetches nothing that is still here', async () => {
  world = await startPop3World({ mail: messages(3) })
  await world.connect()
  const { handlers, parts } = world.engine.engine
  await handlers['accounts.remove']({ id: world.account.id }, signal)
  const { id: _, isDefault: __, ...settings } = world.account
  const again = await handlers['accounts.add']({ settings, password: 'right', outgoingPassword: null }, signal)
  world.mail.push(...messages(1, 4))
  world.forget()
  await parts.runs.start({ accounts: [again.id], receive: true, send: false, isForeground: true, bodies: 'on-demand' }).done
  expect(world.sent('RETR')).toEqual(['RETR 4'])
  expect(subjects()).toEqual(['m1', 'm2', 'm3', 'm4'])
  expect(world.rows().map(({ account }) => account)).toEqual([again.id, again.id, again.id, again.id])
})

test('P12: the same letters in the mailbox of a second account are other letters', async () => {
  world = await startPop3World({ mail: messages(2) })
  await world.connect()
  const { id: _, isDefault: __, ...settings } = world.account
  const second = await world.engine.engine.handlers['accounts.add']({ settings, password: 'right', outgoingPassword: null }, signal)
  world.forget()
  const { runs } = world.engine.engine.parts
  await runs.start({ accounts: [second.id], receive: true, send: false, isForeground: true, bodies: 'on-demand' }).done
  expect([...world.sent('TOP'), ...world.sent('RETR')]).toEqual(['RETR 1', 'RETR 2'])
  expect(world.rows()).toHaveLength(4)
})

test.each([
  ['TOP', {}],
  ['RETR, for it has no TOP either', { top: false }],
])('P5: a server without UIDL: known by %s, and leaving a copy works', async (_, abilities) => {
  world = await startPop3World({ mail: messages(3), abilities: { uidl: false, ...abilities } })
  expect((await world.connect()).notes).toEqual(['127.0.0.1 has no UIDL: messages are told apart by their headers, which takes longer.'])
  world.mail.shift()
  world.mail.push(...messages(1, 4))
  await world.connect()
  await world.connect()
  expect(subjects()).toEqual(['m1', 'm2', 'm3', 'm4'])
  expect(world.mail).toHaveLength(3)
  await world.setOptions({ leaveOnServer: false })
  await world.connect()
  expect(world.mail).toEqual([])
  expect(subjects()).toEqual(['m1', 'm2', 'm3', 'm4'])
})

test('P6: repeated UIDLs are told apart, downloaded once each, and deleted when they should be', async () => {
  const mail = ['a', 'b', 'c'].map((subject) => ({ uidl: subject === 'c' ? 'own' : 'same', raw: message(subject) }))
  world = await startPop3World({ mail })
  // The maildrop finds its mail by UIDL, so this one gives each number its own.
  withUidls(world.server, mail)
  await world.connect()
  await world.connect()
  expect(subjects()).toEqual(['a', 'b', 'c'])
  expect(world.sent('RETR')).toHaveLength(3)
})

test('UIDLs of 70 characters and more, and with spaces, are kept as they are', async () => {
  const odd = ['x'.repeat(70), 'y'.repeat(300), 'with two  spaces', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~']
  world = await startPop3World({ mail: odd.map((uidl, index) => ({ uidl, raw: message(`m${index}`) })), options: { leaveOnServer: false } })
  world.isAgreeing = false
  await world.connect()
  expect([...world.engine.engine.parts.store.uidls.known(world.account.id).keys()].sort()).toEqual([...odd].sort())
  world.forget()
  world.isAgreeing = true
  await world.connect()
  expect(world.sent('RETR')).toEqual([])
  expect(world.mail).toEqual([])
})

test('wrong sizes in LIST hide nothing and repeat nothing, also when they change', async () => {
  world = await startPop3World({ mail: messages(4) })
  let wrong = 7
  world.server.faults.onCommand = (name, args) =>
    name === 'LIST' && args === ''
      ? Buffer.from(`+OK\r\n${[1, 2, 3, 4].map((number) => `${number} ${wrong}\r\n`).join('')}.\r\n`)
      : undefined
  await world.connect()
  wrong = 99_999
  await world.connect()
  await world.connect()
  expect(world.sent('RETR')).toHaveLength(4)
  expect(world.sent('TOP')).toHaveLength(4) // Looked at once, when the sizes changed.
  expect(subjects()).toEqual(['m1', 'm2', 'm3', 'm4'])
})

test('an empty list for once makes nobody fetch everything again', async () => {
  const mail = messages(6)
  world = await startPop3World({ mail: [...mail] })
  await world.connect()
  world.mail.splice(0)
  await world.connect()
  world.mail.push(...mail)
  world.forget()
  await world.connect()
  expect([...world.sent('RETR'), ...world.sent('TOP')]).toEqual([])
  expect(world.rows()).toHaveLength(6)
})

test('real headers, folded and in old charsets, are recognised byte for byte', async () => {
  const mail = Array.from({ length: 50 }, (_, index) => ({
    uidl: `a${index}`,
    raw: Buffer.from(generateMail(index, 'small', 7).raw.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1'),
  }))
  world = await startPop3World({ mail })
  await world.connect()
  rename(mail, (index) => `b${index}`)
  world.forget()
  await world.connect()
  expect(world.sent('RETR')).toEqual([])
  expect(world.rows()).toHaveLength(50)
})

function withUidls(server: Pop3Server, mail: readonly StoredMessage[]): void {
  const body = (raw: Buffer) => Buffer.concat([Buffer.from('+OK\r\n'), raw, Buffer.from('.\r\n')])
  server.faults.onCommand = (name, args) => {
    const { raw } = mail[Number.parseInt(args, 10) - 1] ?? {}
    if (name === 'RETR' && raw) return body(raw)
    if (name === 'TOP' && raw) return body(raw.subarray(0, raw.indexOf('\r\n\r\n') + 4))
    return undefined
  }
}

/** About 5 KB with a header of 450 bytes: what the measurements of this project use. */
function smallMail(count: number): StoredMessage[] {
  const line = 'line of text\r\n'
  return Array.from({ length: count }, (_, index) => {
    const header = `From: a@example.org\r\nMessage-ID: <${index}@example.org>\r\nSubject: ${index}\r\nX-Filler: `
    const raw = `${header.padEnd(446, 'x')}\r\n\r\n${line.repeat(250 + ((index * 7919) % 160))}${'y'.repeat(index % 13)}\r\n`
    return { uidl: `old-${index}`, raw: Buffer.from(raw) }
  })
}

function headerBytes(mail: readonly StoredMessage[], commands: readonly string[]): number {
  return commands.reduce((sum, command) => {
    const { raw } = mail[Number(command.split(' ')[1]) - 1] ?? { raw: Buffer.alloc(0) }
    return sum + raw.indexOf('\r\n\r\n') + 4
  }, 0)
}

test('P17: 10,000 small messages renumbered: at most 5 % of the bytes again, and all are proven in time', {
  timeout: 240_000,
}, async () => {
  const mail = smallMail(10_000)
  const bytes = mail.reduce((sum, { raw }) => sum + raw.length, 0)
  expect(
    headerBytes(
      mail,
      mail.map((_, index) => `TOP ${index + 1} 0`),
    ) / bytes,
  ).toBeGreaterThan(0.08)
  world = await startPop3World({ mail })
  await world.connect()
  rename(mail, (index) => `new-${index}`)
  world.forget()
  await world.connect()
  expect(world.sent('RETR')).toEqual([])
  expect(headerBytes(mail, world.sent('TOP')) / bytes).toBeLessThan(0.05)
  expect(world.engine.engine.parts.store.folders.get(world.engine.local('inbox')).total).toBe(10_000)
  const presumed = () => [...world.engine.engine.parts.store.uidls.known(world.account.id).values()].filter((each) => each.isPresumed)
  expect(presumed()).toHaveLength(4999)
  world.forget()
  await world.connect()
  expect(world.sent('TOP')).toHaveLength(100)
  expect(presumed()).toHaveLength(4899)
  // What is to be deleted is proven first, all of it.
  await world.setOptions({ leaveOnServer: false })
  world.forget()
  await world.connect()
  expect(world.sent('TOP')).toHaveLength(4899)
  expect(world.mail).toEqual([])
  expect(world.engine.engine.parts.store.folders.get(world.engine.local('inbox')).total).toBe(10_000)
})

test('P17: new mail that was taken for old is not deleted, and comes as soon as its header is looked at', { timeout: 60_000 }, async () => {
  const mail = smallMail(300)
  world = await startPop3World({ mail })
  await world.connect()
  rename(mail, (index) => `new-${index}`)
  // The worst that can be: in the middle one went and one of its very size came, with its neighbours in place.
  const old = mail[101]?.raw.toString() ?? ''
  mail.splice(101, 1, { uidl: 'new-101', raw: Buffer.from(old.replace('Subject: 101', 'Subject: NEW')) })
  world.forget()
  await world.connect()
  expect(world.sent('RETR')).toEqual([])
  await world.setOptions({ leaveOnServer: false })
  await world.connect()
  expect(world.sent('RETR')).toEqual(['RETR 102'])
  expect(subjects()).toContain('NEW')
  expect(subjects()).toContain('101')
  expect(world.rows()).toHaveLength(301)
  expect(world.mail).toEqual([])
})

test('P17: it comes as well when nothing is ever deleted', { timeout: 60_000 }, async () => {
  const mail = smallMail(300)
  world = await startPop3World({ mail })
  await world.connect()
  rename(mail, (index) => `new-${index}`)
  const old = mail[251]?.raw.toString() ?? ''
  mail.splice(251, 1, { uidl: 'new-251', raw: Buffer.from(old.replace('Subject: 251', 'Subject: NEW')) })
  await world.connect()
  expect(subjects()).not.toContain('NEW')
  for (let times = 0; times < 3; times += 1) await world.connect()
  expect(subjects()).toContain('NEW')
  expect(world.rows()).toHaveLength(301)
  expect(world.mail).toHaveLength(300)
})
