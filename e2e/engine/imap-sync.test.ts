// What IMAP synchronising does against both families of servers (I1 to I8), and in how many round trips.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { factsOf, seededRandom } from '../../electron/engine/store/test-store.ts'
import type { ImapExtension, ImapOptions } from '../../shared/domain/account.ts'
import { missingCyrus, missingServers } from '../servers/find-servers.ts'
import { type ImapHands, openImapHands } from '../servers/imap-hands.ts'
import { startCyrusLab } from '../servers/start-cyrus-lab.ts'
import { startLab } from '../servers/start-lab.ts'
import { type ImapServerAt, type ImapSyncWorld, openImapSyncWorld } from './support/imap-sync-world.ts'

interface Family {
  readonly name: string
  readonly missing: string | undefined
  start(): Promise<{ readonly port: number; stop(): Promise<void> }>
}

const families: readonly Family[] = [
  {
    name: 'Dovecot',
    missing: missingServers() || undefined,
    start: async () => {
      const lab = await startLab()
      lab.deliver('carol', mail('makes the maildir'))
      return { port: lab.imap.port, stop: lab.stop }
    },
  },
  {
    name: 'Cyrus',
    missing: missingCyrus() || undefined,
    start: async () => {
      const lab = await startCyrusLab()
      return { port: lab.imap.port, stop: lab.stop }
    },
  },
]

const people = [
  { user: 'alice', password: 'alicepw' },
  { user: 'bob', password: 'bobpw' },
  { user: 'carol', password: 'carolpw' },
]

function mail(subject: string, text = 'Hello'): Buffer {
  return Buffer.from(
    `From: Bob <bob@example.org>\r\nTo: alice@example.org\r\nMessage-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\n` +
      `Date: Tue, 2 Jan 2024 10:00:00 +0000\r\nSubject: ${subject}\r\n\r\n${text}\r\n`,
  )
}

describe.each(families)('$name', ({ missing, start }) => {
  const worlds: ImapSyncWorld[] = []
  const folders: string[] = []
  let server: { readonly port: number; stop(): Promise<void> }
  let hands: ImapHands
  let boxCount = 0
  let inbox = ''

  beforeAll(async () => {
    if (missing) process.stderr.write(`${missing}\n`)
    else server = await start()
  }, 60_000)

  afterAll(async () => {
    hands?.close()
    await server?.stop()
  })

  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  /** A folder of its own for each test: both labs give one user's mail to all of them. */
  async function newBox(): Promise<string> {
    hands ??= await openImapHands({ port: server.port, ...(people[0] ?? { user: '', password: '' }) })
    inbox = `Box${++boxCount}`
    await hands.command(`CREATE ${inbox}`)
    await hands.command(`SUBSCRIBE ${inbox}`)
    return inbox
  }

  function open(options: Partial<ImapOptions> = {}): ImapSyncWorld {
    const folder = mkdtempSync(path.join(tmpdir(), 'postrider-sync-'))
    folders.push(folder)
    const at: ImapServerAt = { port: server.port, ...(people[0] ?? { user: '', password: '' }) }
    const world = openImapSyncWorld(at, folder, options)
    worlds.push(world)
    return world
  }

  const subjects = (world: ImapSyncWorld, where = inbox) => world.rows(where).map((row) => row.summary.subject)
  const sent = (commands: readonly string[], name: string) => commands.filter((command) => command.startsWith(name))

  test.skipIf(missing)('I7: nothing new in all folders takes LIST-STATUS only, the Inbox included', async () => {
    await newBox()
    await hands.append(inbox, { raw: mail('one') }, { raw: mail('two'), flags: '\\Seen' })
    const world = open()
    await world.sync()
    await world.sync()
    const commands = await world.sync()
    expect(commands).toHaveLength(1)
    expect(commands[0]).toMatch(/^LIST "" "\*" RETURN \(STATUS \(.*HIGHESTMODSEQ\).*\)/)
    await hands.command(`SELECT ${inbox}`)
    await hands.command('STORE 1 +FLAGS (\\Flagged)')
    const afterFlag = await world.sync()
    expect(sent(afterFlag, 'SELECT')).toHaveLength(1)
    expect(world.rows(inbox)[0]?.summary.flags.flagged).toBe(true)
  })

  test.skipIf(missing)('a hundred folders without news take at most three round trips', async () => {
    await newBox()
    for (let number = 0; number < 100; number++) {
      await hands.command(`CREATE "Many${number}"`)
      await hands.command(`SUBSCRIBE "Many${number}"`)
    }
    const world = open()
    await world.sync()
    await hands.append('Many7', { raw: mail('stirs it') })
    await world.sync()
    expect(subjects(world, 'Many7')).toEqual(['stirs it'])
    // A folder is open now, which has to be left first.
    expect((await world.sync()).length).toBeLessThanOrEqual(3)
    expect((await world.sync()).length).toBe(1)
    for (let number = 0; number < 100; number++) await hands.command(`DELETE "Many${number}"`)
  })

  const ways: readonly [string, readonly ImapExtension[]][] = [
    ['QRESYNC', []],
    ['CONDSTORE', ['QRESYNC']],
    ['full comparison', ['CONDSTORE', 'LIST-STATUS']],
  ]

  test.skipIf(missing).each(ways)('I4, I5, I6: what others add, flag and expunge is followed by %s', async (way, switchedOff) => {
    await newBox()
    await hands.append(inbox, ...['one', 'two', 'three', 'four'].map((subject) => ({ raw: mail(subject) })))
    const world = open({ switchedOff })
    await world.sync()
    expect(subjects(world)).toEqual(['one', 'two', 'three', 'four'])
    const idOfFour = world.rows(inbox)[3]?.summary.id
    await hands.append(inbox, { raw: mail('five') })
    await hands.command(`SELECT ${inbox}`)
    await hands.command('STORE 1,3 +FLAGS (\\Deleted)')
    await hands.command('EXPUNGE')
    await hands.command('STORE 2 +FLAGS (\\Seen \\Answered)')
    const commands = await world.sync()
    expect(subjects(world)).toEqual(['two', 'four', 'five'])
    expect(world.rows(inbox)[1]?.summary).toMatchObject({ id: idOfFour, flags: { seen: true, answered: true } })
    expect(sent(commands, `SELECT ${inbox} (QRESYNC`).length > 0).toBe(way === 'QRESYNC')
    // Neither asked for by a server that tells by itself.
    if (way === 'QRESYNC') expect([...sent(commands, 'UID SEARCH'), ...sent(commands, 'UID FETCH 1:*')]).toEqual([])
    if (way === 'CONDSTORE') expect(sent(commands, 'UID FETCH 1:* ')[0]).toContain('CHANGEDSINCE')
    expect(await world.sync()).not.toContainEqual(expect.stringContaining('FETCH'))
  })

  test.skipIf(missing)('C8, I3: after a change of UIDVALIDITY messages keep rows, bodies, local flags and marks', async () => {
    await newBox()
    const old = inbox
    const raws = ['one', 'two', 'three', 'four'].map((subject) => mail(subject))
    await hands.append(old, ...raws.map((raw) => ({ raw })))
    const world = open()
    await world.sync({ kind: 'everything' })
    const before = new Map(world.rows(old).map((row) => [row.summary.subject, row]))
    expect([...before.values()].every((row) => row.body !== null)).toBe(true)
    // The same path with other numbers: one is gone, one is new, the order is another.
    await hands.command(`DELETE ${old}`)
    await hands.command(`CREATE ${old}`)
    await hands.append(
      old,
      ...['new', 'four', 'two', 'one'].map((subject) => ({ raw: mail(subject), flags: subject === 'two' ? '\\Seen' : '' })),
    )
    await world.sync()
    const after = new Map(world.rows(old).map((row) => [row.summary.subject, row]))
    expect([...after.keys()]).toEqual(['new', 'four', 'two', 'one'])
    for (const subject of ['one', 'two', 'four']) {
      expect(after.get(subject)?.summary.id).toBe(before.get(subject)?.summary.id)
      expect(after.get(subject)?.body).toEqual(before.get(subject)?.body)
    }
    expect(after.get('two')?.summary.flags.seen).toBe(true)
    expect(after.get('new')?.body).toBeNull()
    expect(world.store.messages.find(before.get('three')?.summary.id ?? (0 as never))).toBeUndefined()
  })

  test.skipIf(missing)('I8: a row that was put here under no UID gets the one under which the server shows it', async () => {
    await newBox()
    const world = open()
    await world.sync()
    await hands.append(inbox, { raw: mail('old') })
    await world.sync()
    const row = world.rows(inbox)[0]
    if (!row) throw new Error('not synchronised')
    // As after an operation whose answer named no UID.
    const facts = factsOf({ subject: 'copied', messageIdHeader: '<copied@example.org>', sentAt: Date.UTC(2024, 0, 2, 10) })
    const raw = mail('copied')
    const body = world.store.bodies.put(raw)
    const id = world.store.messages.add({
      folder: row.summary.folder,
      account: world.account.id,
      facts,
      flags: { forwarded: true },
      size: raw.length + 3,
      receivedAt: 0,
      body,
    })
    await hands.append(inbox, { raw, flags: '\\Seen' })
    await world.sync()
    expect(world.rows(inbox).map(({ summary, uid, body: kept }) => [summary.id, uid !== null, kept !== null])).toEqual([
      [row.summary.id, true, false],
      [id, true, true],
    ])
    expect(world.store.messages.get(id)).toMatchObject({ size: raw.length, flags: { seen: true } })
  })

  test.skipIf(missing)('C1: names with quotes, separators of others, umlauts, emoji and signs', async () => {
    await newBox()
    const wishes = [
      'Entwürfe & Co',
      'say "hi" there',
      'back\\slash',
      'dots.and more',
      '100% *',
      '日本語',
      '🎉 party',
      "it's",
      'deep/er/still',
    ]
    const world = open()
    const session = await world.session()
    const names: string[] = []
    for (const name of wishes) {
      // Each server has characters that it does not take.
      const isTaken = await session.createFolder(name).then(
        () => true,
        () => false,
      )
      if (isTaken) names.push(name)
    }
    expect(names).toEqual(expect.arrayContaining(['Entwürfe & Co', '日本語', '🎉 party', "it's", 'deep/er/still']))
    for (const [index, name] of names.entries()) await session.append(name, mail(`in folder ${index}`), ['seen'], Date.now())
    await world.sync()
    for (const [index, name] of names.entries()) {
      expect(world.folder(name).isShown, name).toBe(true)
      expect(subjects(world, name)).toEqual([`in folder ${index}`])
    }
    const parent = world.store.folders.find(world.account.id, 'deep/er')
    expect(world.folder('deep/er/still')).toMatchObject({ name: 'still', parent: parent?.id })
    for (const name of names) await session.changes.deleteFolder(name)
  })

  test.skipIf(missing)('only what is subscribed is shown and checked; the Inbox always is', async () => {
    await newBox()
    await hands.append(inbox, { raw: mail('hidden') })
    await hands.command(`UNSUBSCRIBE ${inbox}`)
    await hands.command('CREATE Visible')
    await hands.command('SUBSCRIBE Visible')
    const world = open()
    await world.sync()
    expect([world.folder(inbox).isShown, world.folder('Visible').isShown, world.folder('INBOX').isShown]).toEqual([false, true, true])
    expect(world.rows(inbox)).toEqual([])
    await hands.command(`SUBSCRIBE ${inbox}`)
    await world.sync()
    expect(world.folder(inbox).isShown).toBe(true)
    expect(subjects(world)).toEqual(['hidden'])
  })

  test.skipIf(missing).each(ways)(
    'two hundred random changes of another program, with cuts between, end in the same mail by %s',
    async (_, switchedOff) => {
      const boxes = [await newBox(), await newBox(), await newBox()]
      const world = open({ switchedOff })
      const random = seededRandom(7)
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
      let made = 0
      for (let round = 0; round < 200; round++) {
        const box = pick(boxes)
        await hands.command(`SELECT ${box}`)
        const count = (await hands.command('UID SEARCH ALL'))[0]?.split(' ').slice(2).filter(Boolean).length ?? 0
        const at = 1 + Math.floor(random() * count)
        const what = count === 0 ? 0 : Math.floor(random() * 6)
        if (what <= 1) await hands.append(box, { raw: mail(`number ${made++}`), flags: random() < 0.5 ? '\\Seen' : '' })
        if (what === 2)
          await hands.command(`STORE ${at} ${pick(['+', '-'])}FLAGS (${pick(['\\Seen', '\\Flagged', '\\Answered', '$Forwarded'])})`)
        if (what === 3) await hands.command(`COPY ${at} ${pick(boxes)}`)
        if (what === 4) await hands.command(`MOVE ${at} ${pick(boxes)}`)
        if (what === 5) {
          await hands.command(`STORE ${at} +FLAGS (\\Deleted)`)
          await hands.command('EXPUNGE')
        }
        if (random() < 0.15) await world.sync()
        if (random() < 0.03) (await world.session()).destroy()
      }
      await world.sync()
      for (const box of boxes) {
        await hands.command(`SELECT ${box}`)
        const onServer = (await hands.command('UID FETCH 1:* (FLAGS)')).filter((line) => line.includes('FETCH')).map(uidAndFlags)
        const here = world.rows(box).map(({ uid, summary: { flags } }) => {
          const names = [
            flags.seen && '\\Seen',
            flags.flagged && '\\Flagged',
            flags.answered && '\\Answered',
            flags.forwarded && '$Forwarded',
          ]
          return `${uid}: ${names
            .filter((name) => name !== false)
            .sort()
            .join(' ')}`
        })
        expect(here).toEqual(onServer)
      }
      expect(boxes.flatMap((box) => world.rows(box)).length).toBeGreaterThan(20)
    },
  )
})

test.skipIf(missingCyrus())(
  'C5: what is a calendar on a Kolab server is called so, and not opened',
  async () => {
    const lab = await startCyrusLab({ settings: 'annotation_allow_undefined: yes' })
    onTestFinished(() => lab.stop())
    const alice = await lab.hands('alice')
    for (const name of ['Termine', 'B&APw-ro', 'Mail']) await alice.command(`CREATE ${name}`)
    await alice.command('SETMETADATA Termine (/private/vendor/kolab/folder-type "event.default")')
    await alice.command('SETMETADATA B&APw-ro (/private/vendor/kolab/folder-type "contact")')
    await alice.append('Termine', { raw: mail('an appointment') })
    const folder = mkdtempSync(path.join(tmpdir(), 'postrider-sync-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const world = openImapSyncWorld({ port: lab.imap.port, user: 'alice', password: 'alicepw' }, folder)
    onTestFinished(() => world.close())
    const commands = await world.sync()
    expect(['Termine', 'Büro', 'Mail', 'INBOX'].map((name) => world.folder(name).content)).toEqual(['calendar', 'contacts', 'mail', 'mail'])
    expect(commands.filter((command) => command.startsWith('SELECT')).join()).not.toMatch(/Termine|B&APw-ro/)
    expect(world.rows('Termine')).toEqual([])
  },
  30_000,
)

function uidAndFlags(line: string): string {
  const flags = (/FLAGS \(([^)]*)\)/.exec(line)?.[1] ?? '')
    .split(' ')
    .filter((flag) => /^(\\(Seen|Flagged|Answered)|\$Forwarded)$/.test(flag))
  return `${/UID (\d+)/.exec(line)?.[1]}: ${flags.sort().join(' ')}`
}
