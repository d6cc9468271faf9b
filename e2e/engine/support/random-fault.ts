import type { Security } from '../../../shared/domain/account.ts'
import type { SeededRandom } from '../../servers/seeded-random.ts'
import type { WireFault } from './fault-proxy.ts'

export type Wire = 'pop3' | 'imap' | 'smtp'

/** What servers have been heard to say, and what none should. */
const replies: Readonly<Record<Wire, readonly string[]>> = {
  pop3: [
    '-ERR',
    '-ERR [SYS/TEMP] Come back later',
    '-ERR [SYS/PERM] Never',
    '-ERR [AUTH] No',
    '-ERR [LOGIN-DELAY] Too soon',
    '-ERR no such message',
    '+OK',
    '+OK 3 99999999999999999999999',
    '+OK -1 -1',
    '+ ',
    '+ !!!not base64!!!',
    '.',
    '..',
    '',
    '1',
    '1 1 1 1',
    '99999999999 u',
    'HTTP/1.1 400 Bad Request',
    '* OK Dovecot ready',
    '\u0000\u0001\u00ff',
  ],
  imap: [
    '# NO',
    '# NO [UNAVAILABLE] Come back later',
    '# NO [AUTHENTICATIONFAILED] No',
    '# NO [OVERQUOTA] Full',
    '# NO [INUSE] Locked',
    '# BAD',
    '# BAD [CLIENTBUG] What?',
    '# OK',
    '# OK [READ-ONLY]',
    '# PREAUTH',
    '* BYE Going down',
    '* NO [ALERT] Attention',
    '* 4294967296 EXISTS',
    '* -1 EXISTS',
    '* 1 EXPUNGE',
    '* 1 FETCH (',
    '* 1 FETCH (UID 0 FLAGS',
    '* 1 FETCH (UID 1 BODY[] {99999999}',
    '* LIST () NIL',
    '* LIST (\\HasNoChildren) "/" "\u0000"',
    '* CAPABILITY',
    '* SEARCH x',
    '* STATUS INBOX (UIDNEXT)',
    '* OK [UIDVALIDITY 0] Hm',
    '* OK [UIDNEXT -5] Hm',
    '+ ',
    '+ !!!not base64!!!',
    '',
    '(',
    '{5}',
    'HTTP/1.1 400 Bad Request',
    '\u0000\u0001\u00ff',
  ],
  smtp: [
    '421 4.3.2 Closing',
    '450 4.2.1 Busy',
    '451 4.7.1 Greylisted',
    '452 4.2.2 Full',
    '454 4.7.0 TLS not available',
    '500 5.5.2 What?',
    '502 5.5.1 No',
    '530 5.7.0 Authenticate',
    '535 5.7.8 No',
    '535 5.7.139 Basic authentication is disabled',
    '550 5.1.1 Nobody of that name',
    '550 5.7.1 Relaying denied',
    '552 5.2.2 Full',
    '552 5.3.4 Too large',
    '554 5.7.1 Spam',
    '250',
    '250-more',
    '354',
    '334 ',
    '334 !!!not base64!!!',
    '999 Weird',
    '2x0',
    '',
    '+OK POP3',
    '\u0000\u0001\u00ff',
  ],
}

/** One fault for a connection over that protocol. `others` are ports where somebody else answers. */
export function randomFault(random: SeededRandom, { wire, security, others }: FaultPlace): WireFault {
  const at = random.chance(0.5) ? random.below(120) : random.below(6000)
  const kinds = ['cut', 'cut', 'insert', 'overwrite', 'reply', 'reply', 'reply', 'delay', 'elsewhere', 'refuse', 'stall'] as const
  // Inside TLS there are no lines to be seen, and waiting for the time limit is the slowest of all faults.
  const kind = random.chance(0.05)
    ? 'stall'
    : random.pick(kinds.filter((each) => each !== 'stall' && (each !== 'reply' || security !== 'tls')))
  switch (kind) {
    case 'cut':
      return { kind, from: random.pick(['server', 'server', 'client']), at: at + 1, how: random.pick(['end', 'reset']) }
    case 'insert':
    case 'overwrite':
      return { kind, at, bytes: random.bytes(1 + random.below(40)) }
    case 'reply':
      return { kind, line: random.below(25), text: random.pick(replies[wire]) }
    case 'delay':
      return { kind, ms: 1 + random.below(20) }
    case 'elsewhere':
      return { kind, port: random.pick(others) }
    case 'refuse':
      return { kind }
    case 'stall':
      return { kind, at }
  }
}

export interface FaultPlace {
  readonly wire: Wire
  readonly security: Security
  readonly others: readonly number[]
}
