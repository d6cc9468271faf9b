// IMAP on the second family of servers: both ways to name folders, and an account's whole story.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type ImapTarget, openImapSession } from '../../electron/engine/protocol/imap/imap-session.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import type { Security } from '../../shared/domain/account.ts'
import type { Folder } from '../../shared/domain/folder.ts'
import type { FlagName } from '../../shared/domain/message.ts'
import type { CyrusLayout } from '../servers/cyrus.ts'
import { missingCyrus } from '../servers/find-servers.ts'
import type { ImapHands } from '../servers/imap-hands.ts'
import type { LabUserName } from '../servers/lab-users.ts'
import { type CyrusLab, startCyrusLab } from '../servers/start-cyrus-lab.ts'
import { imapTarget } from './support/imap-target.ts'
import { message, signal } from './support/pop3-world.ts'
import { accountSettings, startTestEngine } from './support/test-engine.ts'

const missing = missingCyrus()
const onCyrus = test.skipIf(missing !== undefined)
if (missing !== undefined) console.warn(`skipped: ${missing}`)

const securities = ['none', 'starttls', 'tls'] as const

interface AccountMore {
  readonly security?: Security
  readonly rootFolder?: string
  readonly smtp?: { readonly port?: number }
}

/** The names from the top down to this folder. */
function pathTo(folder: Folder, all: readonly Folder[]): readonly string[] {
  const parent = all.find(({ id }) => id === folder.parent)
  return [...(parent ? pathTo(parent, all) : []), folder.name]
}

/** The same folders in the words of each layout. */
const layouts = [
  { layout: 'beside-inbox', delimiter: '/', own: (name: string) => name, teamOfBob: 'Other Users/bob/Team', news: 'Shared Folders/News' },
  { layout: 'below-inbox', delimiter: '.', own: (name: string) => `INBOX.${name}`, teamOfBob: 'user.bob.Team', news: 'News' },
] as const satisfies readonly { readonly layout: CyrusLayout; readonly [key: string]: unknown }[]

describe.each(layouts)('folders $layout', ({ layout, delimiter, own, teamOfBob, news }) => {
  let lab: CyrusLab
  let alice: ImapHands
  beforeAll(async () => {
    if (missing !== undefined) return
    lab = await startCyrusLab({ layout })
    alice = await lab.hands('alice')
    for (const raw of [message('one'), message('two', '.dots\r\n..\r\n'), message('three', 'Grüße, 日本\r\n')])
      await lab.deliver('alice', raw)
    const bob = await lab.hands('bob')
    await bob.command(`CREATE "${own('Team')}"`)
    await bob.command(`SETACL "${own('Team')}" alice lrswite`)
    const admin = await lab.hands('cyrus')
    await admin.command('CREATE News')
    await admin.command('SETACL News anyone lrs')
  }, 60_000)
  afterAll(() => lab?.stop())

  async function session(name: LabUserName, more: Partial<ImapTarget> = {}) {
    const { user, password } = lab.user(name)
    const opened = await openImapSession(imapTarget(lab, { user, password, ...more }), signal)
    onTestFinished(() => opened.close())
    return opened
  }

  async function account(name: LabUserName, { security = 'none', rootFolder = '', smtp = {} }: AccountMore = {}) {
    const engine = await startTestEngine()
    onTestFinished(() => engine.close())
    const port = security === 'tls' ? lab.imap.tlsPort : lab.imap.port
    const base = accountSettings({ protocol: 'imap', user: name, port, security, ca: lab.ca, smtp })
    const { id } = await engine.addAccount({ ...base, imap: { ...base.imap, rootFolder } }, lab.user(name).password)
    const { store } = engine.engine.parts
    const folder = (path: string) => {
      const found = store.folders.find(id, path)
      if (!found) throw new Error(`no folder ${path}`)
      return found
    }
    return {
      engine,
      id,
      folder,
      folders: () => store.folders.list().filter((each) => each.account === id),
      handlers: engine.engine.handlers,
      rows: (path: string) => engine.rows(folder(path).id).toSorted((a, b) => (a.subject < b.subject ? -1 : 1)),
      row(path: string, subject: string) {
        const found = this.rows(path).find((each) => each.subject === subject)
        if (!found) throw new Error(`no row ${subject}`)
        return found
      },
      async connect() {
        const { tasks } = await engine.sendAndReceive()
        expect(tasks.map(({ error }) => error)).toEqual(tasks.map(() => null))
        expect(store.operations.list(id)).toEqual([])
      },
    }
  }

  /** The flags of each message in a folder as another program of the user sees them, by subject. */
  async function flagsOf(hands: ImapHands, path: string): Promise<Record<string, readonly string[]>> {
    await hands.command(`EXAMINE "${path}"`)
    const found = await hands.command('UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])')
    const pairs = found.flatMap((line, index) => {
      const flags = /FLAGS \((.*?)\)/.exec(line)?.[1]
      const subject = /Subject: (.*)\r/.exec(found[index + 1] ?? '')?.[1]
      return flags !== undefined && subject !== undefined ? [[subject, flags.split(' ').filter(Boolean).toSorted()] as const] : []
    })
    return Object.fromEntries(pairs)
  }

  onCyrus('the tree has own, shared and public folders, with roles', async () => {
    const me = await account('alice')
    await me.handlers['folders.download']({ id: me.id }, signal)
    const folders = me.folders()
    const roles = folders.flatMap(({ path, role }) => (role === 'none' ? [] : [[role, path]]))
    expect(Object.fromEntries(roles)).toEqual({
      inbox: 'INBOX',
      sent: own('Sent'),
      drafts: own('Drafts'),
      deleted: own('Trash'),
      junk: own('Junk'),
    })
    for (const path of [teamOfBob, news]) {
      expect(me.folder(path)).toMatchObject({ name: path.split(delimiter).at(-1), selectable: true, isShown: false })
    }
    expect(pathTo(me.folder(teamOfBob), folders)).toEqual(teamOfBob.split(delimiter))
    expect(me.folder(own('Sent'))).toMatchObject({ isShown: true, parent: layout === 'below-inbox' ? me.folder('INBOX').id : null })
  })

  onCyrus('names with blanks, ampersands and letters of any script; what Cyrus refuses is a wrong name', async () => {
    const imap = await session('carol')
    // What is no delimiter in this layout is a letter like any other; only Cyrus' older one takes no slash.
    const names = ['Ärger & Zorn', '日本語', 'a  b', '😀 fun', 'Tom & Jerry', ...(delimiter === '/' ? ['v1.2'] : [])]
    for (const name of names) await imap.createFolder(own(name))
    for (const name of names) await imap.createFolder(own(name))
    for (const name of ['say "hi"', '%wild*', ...(delimiter === '.' ? ['and/or'] : [])]) {
      await expect(imap.createFolder(own(name))).rejects.toMatchObject({ code: 'bad-input', detail: { reply: 'NO Invalid mailbox name' } })
    }
    const me = await account('carol')
    await me.handlers['folders.download']({ id: me.id }, signal)
    expect(me.folders().map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    for (const name of names) expect((await imap.select(own(name))).path).toBe(own(name))
  })

  onCyrus.for(securities)('headers first, then a body byte for byte, security %s', async (security) => {
    const me = await account('alice', { security })
    await me.connect()
    expect(me.rows('INBOX').map(({ subject, state, flags }) => [subject, state, flags.seen])).toEqual([
      ['one', 'header-only', false],
      ['three', 'header-only', false],
      ['two', 'header-only', false],
    ])
    await me.handlers['messages.open']({ id: me.row('INBOX', 'two').id }, signal)
    expect(me.row('INBOX', 'two')).toMatchObject({ state: 'downloaded', size: message('two', '.dots\r\n..\r\n').length })
    const imap = await session('alice')
    await imap.select('INBOX')
    expect((await imap.fetchRaw(2)).toString()).toBe(message('two', '.dots\r\n..\r\n').toString())
    expect(await flagsOf(alice, 'INBOX')).toMatchObject({ two: [] })
  })

  onCyrus('flags go both ways', async () => {
    const path = own('Flags')
    await alice.command(`CREATE "${path}"`)
    await alice.append(path, { raw: message('a') }, { raw: message('b'), flags: '\\Seen \\Flagged' }, { raw: message('c') })
    const me = await account('alice')
    await me.handlers['folders.download']({ id: me.id }, signal)
    await me.handlers['folders.refresh']({ folder: me.folder(path).id }, signal)
    const here = () =>
      Object.fromEntries(
        me.rows(path).map(({ subject, flags }) => [
          subject,
          Object.entries(flags)
            .flatMap(([name, on]) => (on ? name : []))
            .toSorted(),
        ]),
      )
    expect(here()).toEqual({ a: [], b: ['flagged', 'seen'], c: [] })
    const change = (subject: string, add: readonly FlagName[], remove: readonly FlagName[]) =>
      me.handlers['messages.setFlags']({ ids: [me.row(path, subject).id], add: [...add], remove: [...remove] }, signal)
    await change('a', ['seen', 'answered', 'forwarded'], [])
    await change('b', [], ['flagged'])
    await me.connect()
    expect(await flagsOf(alice, path)).toEqual({ a: ['$Forwarded', '\\Answered', '\\Seen'], b: ['\\Seen'], c: [] })
    await alice.command(`SELECT "${path}"`)
    await alice.command('STORE 1 -FLAGS (\\Seen $Forwarded)')
    await alice.command('STORE 3 +FLAGS (\\Flagged \\Deleted)')
    await me.handlers['folders.refresh']({ folder: me.folder(path).id }, signal)
    expect(here()).toEqual({ a: ['answered'], b: ['seen'], c: ['deleted', 'flagged'] })
  })

  onCyrus('what another program brings, moves and deletes is seen; a folder made anew under the same name is read anew', async () => {
    const path = own('Busy')
    await alice.command(`CREATE "${path}"`)
    await alice.append(path, ...['a', 'b', 'c', 'd'].map((subject) => ({ raw: message(subject) })))
    const me = await account('alice')
    await me.handlers['folders.download']({ id: me.id }, signal)
    const subjects = async () => {
      await me.handlers['folders.refresh']({ folder: me.folder(path).id }, signal)
      return me.rows(path).map(({ subject }) => subject)
    }
    expect(await subjects()).toEqual(['a', 'b', 'c', 'd'])
    await alice.command(`SELECT "${path}"`)
    await alice.command(`MOVE 2 "${own('Trash')}"`)
    await alice.command('STORE 1 +FLAGS (\\Deleted)')
    await alice.command('EXPUNGE')
    await alice.append(path, { raw: message('e') })
    expect(await subjects()).toEqual(['c', 'd', 'e'])
    await alice.command('EXAMINE INBOX')
    await alice.command(`DELETE "${path}"`)
    await alice.command(`CREATE "${path}"`)
    await alice.append(path, { raw: message('z') })
    expect(await subjects()).toEqual(['z'])
  })

  onCyrus('folders are made, renamed and deleted, and mail is moved between them and Local Folders', async () => {
    const me = await account('bob')
    await me.connect()
    await lab.deliver('bob', message('travels'))
    await me.connect()
    const parent = layout === 'below-inbox' ? me.folder('INBOX').id : null
    const { id } = await me.handlers['folders.create']({ account: me.id, parent, name: 'Müll & Co' }, signal)
    await me.handlers['messages.move']({ ids: [me.row('INBOX', 'travels').id], folder: id }, signal)
    await me.connect()
    const bob = await lab.hands('bob')
    expect(Object.keys(await flagsOf(bob, own('M&APw-ll &- Co')))).toEqual(['travels'])
    expect(await flagsOf(bob, 'INBOX')).toEqual({})
    await me.handlers['folders.rename']({ folder: id, name: 'Reisen' }, signal)
    await me.connect()
    const local = me.engine.local('inbox')
    await me.handlers['messages.open']({ id: me.row(own('Reisen'), 'travels').id }, signal)
    await me.handlers['messages.move']({ ids: [me.row(own('Reisen'), 'travels').id], folder: local }, signal)
    await me.connect()
    expect(await flagsOf(bob, own('Reisen'))).toEqual({})
    expect(me.engine.rows(local).map(({ subject }) => subject)).toEqual(['travels'])
    await me.handlers['messages.move']({ ids: me.engine.rows(local).map((row) => row.id), folder: me.folder('INBOX').id }, signal)
    await me.handlers['folders.delete']({ folder: me.folder(own('Reisen')).id }, signal)
    await me.connect()
    await bob.command('EXAMINE INBOX')
    expect((await lab.mailbox('bob')).map(String)).toEqual([String(message('travels'))])
    expect((await bob.command('LIST "" "*"')).filter((line) => line.includes('Reisen'))).toEqual([])
  })

  onCyrus('what is sent is filed once in the Sent folder of the server', async () => {
    const smtp = await startSmtpServer({ users: [] })
    onTestFinished(() => smtp.close())
    const me = await account('alice', { smtp: { port: smtp.port } })
    await me.connect()
    const draft = await me.handlers['compose.start']({ kind: 'new', message: null, folder: null }, signal)
    const letter = { ...draft, to: 'bob@example.org', subject: 'Filed', text: 'Hello' }
    await me.handlers['outbox.queue']({ id: null, draft: letter, now: false }, signal)
    await me.connect()
    await me.connect()
    expect(smtp.received).toHaveLength(1)
    expect(await flagsOf(alice, own('Sent'))).toEqual({ Filed: ['\\Seen'] })
    expect(me.rows(own('Sent')).map(({ subject }) => subject)).toEqual(['Filed'])
    expect(me.engine.rows(me.engine.local('sent'))).toEqual([])
  })

  onCyrus('mail that arrives is in the list within two seconds', async () => {
    const me = await account('carol')
    me.engine.engine.parts.watch.begin()
    await me.connect()
    const waits = () => me.engine.engine.parts.protocolLog.lines(me.id, 'IMAP').filter((line) => / C: \S+ IDLE$/.test(line)).length
    await expect.poll(waits, { timeout: 8000, interval: 20 }).toBeGreaterThan(0)
    await lab.deliver('carol', message('knock'))
    await expect.poll(() => me.rows('INBOX').map(({ subject }) => subject), { timeout: 2000, interval: 20 }).toEqual(['knock'])
  })

  onCyrus('a public folder that may only be read says so', async () => {
    const imap = await session('alice')
    const opened = await imap.select(news)
    expect(opened.exists).toBe(0)
    await expect(imap.append(news, message('no'), [], Date.now())).rejects.toMatchObject({ code: 'permission-denied' })
    await expect(imap.createFolder(`${news}${delimiter}Mine`)).rejects.toMatchObject({ code: 'permission-denied' })
  })

  onCyrus('what is not below the root folder of the account is not there; its children stand at the top', async () => {
    const root = layout === 'below-inbox' ? 'INBOX' : own('Projects')
    await alice.command(`CREATE "${root}${delimiter}Rome"`).catch(() => [])
    const me = await account('alice', { rootFolder: root })
    await me.handlers['folders.download']({ id: me.id }, signal)
    expect(me.folder('INBOX')).toMatchObject({ parent: null, role: 'inbox' })
    expect(me.folder(`${root}${delimiter}Rome`)).toMatchObject({ parent: null, name: 'Rome' })
    expect(me.folders().filter(({ path }) => path === news || path === teamOfBob)).toEqual([])
  })
})
