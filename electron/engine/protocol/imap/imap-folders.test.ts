import { afterEach, expect, test } from 'vitest'
import { ImapMailboxes } from '../../../practice/imap-mailboxes.ts'
import { allCapabilities } from '../../../practice/imap-server.ts'
import { closeAll, listing, mail, open, startServer } from './imap-test-kit.ts'

afterEach(closeAll)

const without = (...names: string[]) => allCapabilities.filter((name) => !names.includes(name))

test('names of folders come through decoded, whatever they hold, and can be opened', async () => {
  const mailboxes = new ImapMailboxes()
  const names = ['Entwürfe & Co', 'a "quoted" name', 'back\\slash', 'per%cent*star', '📬 Post', '日本語', 'Work/Projects/2026', '{5}']
  for (const name of names) mailboxes.create(name)
  const session = await open(await startServer({ mailboxes }))
  const listed = await session.listFolders(listing())
  expect(listed.map((folder) => folder.path)).toEqual(expect.arrayContaining(names))
  for (const name of names) expect((await session.select(name)).path).toBe(name)
})

test('the tree has no holes: parents that the server does not list are there, and can not be opened', async () => {
  const mailboxes = new ImapMailboxes('.')
  mailboxes.create('Work.Projects.2026', { isSubscribed: true })
  const session = await open(await startServer({ mailboxes }))
  const listed = await session.listFolders(listing())
  const tree = listed.map(({ path, name, parentPath, isSelectable }) => ({ path, name, parentPath, isSelectable }))
  expect(tree).toEqual(
    expect.arrayContaining([
      { path: 'Work', name: 'Work', parentPath: null, isSelectable: false },
      { path: 'Work.Projects', name: 'Projects', parentPath: 'Work', isSelectable: false },
      { path: 'Work.Projects.2026', name: '2026', parentPath: 'Work.Projects', isSelectable: true },
    ]),
  )
})

test('a folder that only holds others is marked so, and a server without hierarchy has no parents', async () => {
  const mailboxes = new ImapMailboxes(null)
  mailboxes.create('a/b')
  mailboxes.create('Lists', { isSelectable: false })
  const session = await open(await startServer({ mailboxes }))
  const listed = await session.listFolders(listing())
  expect(listed.find((folder) => folder.path === 'a/b')).toMatchObject({ name: 'a/b', parentPath: null, delimiter: null })
  expect(listed.find((folder) => folder.path === 'Lists')).toMatchObject({ isSelectable: false })
})

test('roles follow SPECIAL-USE, then the usual names, each to one folder only', async () => {
  const mailboxes = new ImapMailboxes()
  mailboxes.create('Verschickt', { specialUse: '\\Sent' })
  mailboxes.create('Sent Items')
  mailboxes.create('Entwürfe')
  mailboxes.create('Papierkorb')
  mailboxes.create('Deleted Items')
  mailboxes.create('Work/Spam')
  const session = await open(await startServer({ mailboxes }))
  const roles = Object.fromEntries((await session.listFolders(listing())).map(({ path, role }) => [path, role]))
  expect(roles).toEqual({
    INBOX: 'inbox',
    Verschickt: 'sent',
    'Sent Items': 'none',
    Entwürfe: 'drafts',
    'Deleted Items': 'deleted',
    Papierkorb: 'none',
    Work: 'none',
    'Work/Spam': 'none',
  })
})

test('with a root folder only INBOX and what lies below the root is listed, the root itself is not', async () => {
  const mailboxes = new ImapMailboxes('.')
  for (const path of ['mail', 'mail.Drafts', 'mail.Drafts.Old', 'mailing', 'other']) mailboxes.create(path)
  const session = await open(await startServer({ mailboxes }))
  const listed = await session.listFolders(listing({ rootFolder: 'mail' }))
  expect(listed.map(({ path, parentPath, role }) => [path, parentPath, role])).toEqual([
    ['INBOX', null, 'inbox'],
    ['mail.Drafts', null, 'drafts'],
    ['mail.Drafts.Old', 'mail.Drafts', 'none'],
  ])
})

test('a namespace prefix is not put before paths of others', async () => {
  const mailboxes = new ImapMailboxes('.')
  for (const path of ['INBOX.Sent', 'shared.team']) mailboxes.create(path)
  const session = await open(await startServer({ mailboxes, namespacePrefix: 'INBOX.' }))
  const listed = await session.listFolders(listing())
  expect(listed.map(({ path, role }) => [path, role])).toEqual(
    expect.arrayContaining([
      ['INBOX.Sent', 'sent'],
      ['shared.team', 'none'],
    ]),
  )
  expect((await session.status('shared.team')).messages).toBe(0)
})

test('counts come along with the list where the server can do that, and cost nothing where it can not', async () => {
  const mailboxes = new ImapMailboxes()
  mailboxes.deliver('INBOX', mail('one'), ['\\Seen'])
  mailboxes.deliver('INBOX', mail('two'))
  const able = await startServer({ mailboxes })
  const [inbox] = await (await open(able)).listFolders(listing())
  expect(inbox?.status).toMatchObject({ messages: 2, unseen: 1, uidNext: 3 })
  const unable = await startServer({ mailboxes, capabilities: without('LIST-STATUS', 'LIST-EXTENDED') })
  const [plain] = await (await open(unable)).listFolders(listing())
  expect(plain?.status).toBeUndefined()
  expect(plain?.isSubscribed).toBe(true)
  expect(unable.commands.map((command) => command.name)).not.toContain('STATUS')
})

test.each(['NO [ALREADYEXISTS] It is there', 'NO Mailbox already exists'])('"%s" to CREATE is no failure', async (reply) => {
  const session = await open(await startServer({ faults: { replies: { CREATE: reply } } }))
  await expect(session.createFolder('Work')).resolves.toBeUndefined()
})

test('a folder is created with its subscription, and creating it again does no harm', async () => {
  const server = await startServer()
  const session = await open(server)
  await session.createFolder('Entwürfe')
  await session.createFolder('Entwürfe')
  expect(server.mailboxes.find('Entwürfe')?.isSubscribed).toBe(true)
  server.mailboxes.subscribe('Entwürfe', false)
  await session.subscribe('Entwürfe')
  expect(server.mailboxes.find('Entwürfe')?.isSubscribed).toBe(true)
})

test('namespaces that are no part of "everything" are listed as well', async () => {
  const server = await startServer()
  server.faults.onCommand = ({ name, tag, text }, connection) => {
    if (name === 'NAMESPACE') {
      connection.send(`* NAMESPACE (("" "/")) (("Other Users/" "/")) (("#shared." ".")("Public/" "/"))\r\n${tag} OK Done`)
      return 'handled'
    }
    if (name !== 'LIST' || !text.includes('#shared.')) return undefined
    connection.send(`* LIST () "." "#shared.team.news"\r\n${tag} OK Done`)
    return 'handled'
  }
  const session = await open(server)
  const listed = await session.listFolders(listing())
  expect(listed.map(({ path, name, parentPath }) => [path, name, parentPath])).toEqual(
    expect.arrayContaining([
      ['#shared.team.news', 'news', '#shared.team'],
      ['#shared.team', 'team', '#shared'],
    ]),
  )
  expect(listed.filter(({ path }) => path === 'INBOX')).toHaveLength(1)
})

test('folders without a hierarchy, without a name to select, and with names in literals and quotes', async () => {
  const server = await startServer()
  server.faults.onCommand = ({ name, tag }, connection) => {
    if (name !== 'LIST') return undefined
    connection.send(
      [
        '* LIST () NIL INBOX',
        '* LIST (\\NoSelect) "/" "only a parent"',
        '* LIST (\\NonExistent \\Subscribed) "/" "was here once"',
        '* LIST () "/" {12}\r\nin a literal',
        '* LIST () "/" "a \\"quoted\\" \\\\ name"',
        '* LIST () NIL "flat/not below"',
        `${tag} OK Done`,
      ].join('\r\n'),
    )
    return 'handled'
  }
  const listed = await (await open(server)).listFolders(listing())
  const facts = new Map(listed.map(({ path, isSelectable, parentPath, delimiter }) => [path, [isSelectable, parentPath, delimiter]]))
  expect(Object.fromEntries(facts)).toEqual({
    INBOX: [true, null, null],
    'only a parent': [false, null, '/'],
    'was here once': [false, null, '/'],
    'in a literal': [true, null, '/'],
    'a "quoted" \\ name': [true, null, '/'],
    'flat/not below': [true, null, null],
  })
})
