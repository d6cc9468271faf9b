// Servers that offer what they can't do (C7), and what an account's own switches mean.
import type { ImapExtension } from '../../../../shared/domain/account.ts'

/** Names in CAPABILITY that an extension has. */
const capabilityNames: Readonly<Record<ImapExtension, readonly string[]>> = {
  IDLE: ['IDLE'],
  NOTIFY: ['NOTIFY'],
  CONDSTORE: ['CONDSTORE', 'QRESYNC'],
  QRESYNC: ['QRESYNC'],
  MOVE: ['MOVE'],
  UIDPLUS: ['UIDPLUS'],
  COMPRESS: ['COMPRESS=DEFLATE'],
  'LIST-STATUS': ['LIST-STATUS'],
  'SPECIAL-USE': ['SPECIAL-USE', 'XLIST'],
  OBJECTID: ['OBJECTID', 'X-GM-EXT-1'],
  UTF8: ['UTF8=ACCEPT', 'UTF8=ONLY'],
}

/** How a server is recognised: all that is given must fit. */
interface KnownServer {
  readonly name: string
  readonly host?: RegExp
  readonly greeting?: RegExp
  /** Of its answer to ID (RFC 2971), all values joined. */
  readonly identity?: RegExp
  readonly capability?: string
  readonly off: readonly ImapExtension[]
  readonly why: string
  readonly source: string
}

const knownServers: readonly KnownServer[] = [
  {
    name: 'iCloud Mail',
    host: /(^|\.)(mail\.me\.com|icloud\.com)$/i,
    off: ['QRESYNC'],
    why: 'VANISHED that can not be read, no ENABLED: mail seems to be deleted.',
    source: 'https://github.com/Foundry376/Mailspring-Sync/pull/91',
  },
  {
    name: 'iCloud Mail, behind another name',
    capability: 'XAPPLELITERAL',
    off: ['QRESYNC'],
    why: 'As above.',
    source: 'https://developer.apple.com/forums/thread/694251',
  },
  {
    name: 'Amazon WorkMail',
    host: /(^|\.)awsapps\.com$/i,
    off: ['QRESYNC'],
    why: 'Leaves changes out that it has counted in HIGHESTMODSEQ.',
    source: 'https://github.com/nextcloud/mail/issues/10581',
  },
  {
    name: 'Purelymail',
    host: /(^|\.)purelymail\.com$/i,
    off: ['QRESYNC'],
    why: 'HIGHESTMODSEQ 0 for empty folders, and SELECT fails at parameters.',
    source: 'https://github.com/Purelymail/purelymail-issues/issues/452',
  },
]

export interface ServerFeatures {
  readonly host: string
  readonly greeting: string
  readonly identity: string
  readonly has: (capability: string) => boolean
}

/** The names in CAPABILITY that we leave alone here: by the user's choice, or because this server is known for them. */
export function leftAlone(switchedOff: readonly ImapExtension[], server: ServerFeatures): ReadonlySet<string> {
  const off = knownServers.filter((known) => isKnownAs(known, server)).flatMap((known) => known.off)
  return new Set([...switchedOff, ...off].flatMap((extension) => capabilityNames[extension]))
}

function isKnownAs({ host, greeting, identity, capability }: KnownServer, server: ServerFeatures): boolean {
  return (
    (host === undefined || host.test(server.host)) &&
    (greeting === undefined || greeting.test(server.greeting)) &&
    (identity === undefined || identity.test(server.identity)) &&
    (capability === undefined || server.has(capability))
  )
}
