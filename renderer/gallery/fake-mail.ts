import { defaultImapOptions, type Account } from '../../shared/domain/account.ts'
import { defaultConnection } from '../../shared/domain/connection.ts'
import type { Folder, FolderRole } from '../../shared/domain/folder.ts'
import type { AccountId, FolderId, MessageId } from '../../shared/domain/ids.ts'
import type { Message, MessageSummary } from '../../shared/domain/message.ts'

const minute = 60_000
const people = [
  'Carla Weber',
  'Jonas Lindqvist',
  'Mei Tanaka',
  'Help Desk',
  'Anna Dubois',
  'backup@example.org',
  'Paul Walker',
  'Newsletter',
]
const subjects = [
  'Quarterly budget review: figures for Thursday',
  'Re: Moving the mail server on Saturday',
  '会議の議事録をお送りします',
  'Your password expires in 5 days',
  'Photos from the summer house (14 pictures)',
  'Nightly report: 3 warnings',
  'Contract, signed copy',
  'What changed in November',
  'Re: Lunch on Wednesday?',
  'Draft agenda',
  'Certificates for pop.example.org',
  'Invoice 2026-1187',
  'Travel plans',
]
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

/** The n-th message of a folder, the newest first: the same each time. */
export function fakeRow(folder: FolderId, index: number, now: number): MessageSummary {
  const at = now - (23 + index * 97) * minute
  return {
    id: (folder * 1_000_000 + index + 1) as MessageId,
    folder,
    account: 2 as AccountId,
    from: pick(people, index),
    to: 'Alex Morgan',
    subject: pick(subjects, index),
    sentAt: at,
    receivedAt: at,
    size: (index % 9 === 4 ? 18_400_000 : 4000 + ((index * 7919) % 90) * 1024) | 0,
    flags: {
      seen: ![0, 2, 4, 5, 10, 12].includes(index),
      answered: index === 3 || index === 8,
      forwarded: index === 9,
      flagged: index === 1 || index === 10,
      draft: false,
      deleted: index === 7,
    },
    hasAttachment: [0, 1, 4, 6, 11].includes(index),
    priority: index === 0 ? 'high' : index === 9 ? 'low' : 'normal',
    state: index === 4 || (index >= 14 && index < 22) ? 'header-only' : 'downloaded',
    mark: ({ 15: 'retrieve', 16: 'retrieve-copy', 17: 'delete' } as const)[index] ?? null,
  }
}

export function fakeMessage(row: MessageSummary): Message {
  return {
    summary: row,
    envelope: {
      from: [{ name: row.from, address: `${row.from.split(/[ @]/)[0]?.toLowerCase()}@example.org` }],
      sender: [],
      replyTo: [],
      to: [
        { name: 'Alex Morgan', address: 'alex@example.org' },
        { name: 'Carla Weber', address: 'carla@example.org' },
      ],
      cc: [],
      bcc: [],
      subject: row.subject,
      sentAt: row.sentAt,
      messageIdHeader: '',
      inReplyTo: '',
      references: [],
    },
    text: `Hello,

that works for us. From 18:00 the POP3 and IMAP ports answer on the new host; the names stay the same, so nobody has to change an account. Users who leave a copy on the server keep it.

The plan is at https://example.org/plan (and attached). Write to help@example.org with questions.

> On Friday, Carla wrote:
> Can the help desk tell people to send and receive once before six?
>> Yes, and the notice goes out on Thursday.
`,
    html: null,
    attachments: row.hasAttachment
      ? [
          { part: '2', name: 'plan.pdf', type: 'application/pdf', size: 90_112, url: '/part/2', isDangerous: false },
          { part: '3', name: 'setup.exe', type: 'application/octet-stream', size: 1_400_000, url: '/part/3', isDangerous: true },
        ]
      : [],
    sourceUrl: '/source',
    emlUrl: '/eml',
  }
}

export function fakeFolders(now: number, inboxTotal: number): readonly Folder[] {
  const work = 1 as AccountId
  let id = 1
  const folder = (name: string, role: FolderRole, part: Partial<Folder> = {}): Folder => ({
    id: id++ as FolderId,
    account: null,
    parent: null,
    name,
    path: name,
    role,
    selectable: true,
    content: 'mail',
    isShown: true,
    sync: 'none',
    total: 0,
    unread: 0,
    lastCheckedAt: now - 5 * minute,
    ...part,
  })
  const projects = 9 as FolderId
  return [
    folder('Inbox', 'inbox', { total: inboxTotal, unread: 6 }),
    folder('Outbox', 'outbox', { total: 1, lastCheckedAt: null }),
    folder('Sent Items', 'sent', { total: 412, lastCheckedAt: null }),
    folder('Deleted Items', 'deleted', { total: 30, lastCheckedAt: null }),
    folder('Drafts', 'drafts', { total: 2, lastCheckedAt: null }),
    folder('Invoices 2026', 'none', { total: 0, lastCheckedAt: null }),
    folder('Inbox', 'inbox', { account: work, total: 900, unread: 12 }),
    folder('Sent Items', 'sent', { account: work, total: 80 }),
    folder('Projects', 'none', { account: work, total: 60, unread: 3 }),
    folder('Server move', 'none', { account: work, parent: projects, total: 14 }),
    folder('Public Folders', 'none', { account: work, selectable: false }),
  ]
}

export function fakeAccounts(): readonly Account[] {
  const server = { host: 'mail.example.org', port: 993, security: 'tls', user: 'alex', signIn: 'password', rememberPassword: true } as const
  const account = (id: number, name: string, protocol: 'pop3' | 'imap'): Account => ({
    id: id as AccountId,
    name,
    protocol,
    isDefault: id === 2,
    identity: { name: 'Alex Morgan', organization: '', address: 'alex@example.org', replyTo: '' },
    includeInReceive: true,
    incoming: server,
    outgoing: { ...server, port: 465, signIn: 'same' },
    timeoutSeconds: 60,
    pop3: { leaveOnServer: false, removeAfterDays: null, removeWhenDeleted: false, headersOnly: false, maxDownloadKb: null },
    imap: { ...defaultImapOptions, checkAllFolders: false },
    trust: { certificates: [], ca: null },
    connection: defaultConnection,
    practice: false,
  })
  return [account(1, 'Work', 'imap'), account(2, 'pop.example.net', 'pop3')]
}
