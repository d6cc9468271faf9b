// The faults that one can choose for training (A17), and where the servers that have them are to be found.
import { type AddressInfo, createServer } from 'node:net'
import type { Security } from '../../shared/domain/account.ts'
import type { PracticeFault } from '../../shared/domain/practice.ts'
import type { ImapFaults } from './imap-faults.ts'
import type { Pop3Faults } from './pop3-server-options.ts'
import type { SmtpFaults } from './smtp-server.ts'

type Protocol = 'pop3' | 'imap' | 'smtp'

interface FaultyServer<Faults> {
  readonly port: number
  readonly faults: Faults
  close(): Promise<void>
}

export interface ServerTrio {
  readonly pop3: FaultyServer<Pop3Faults>
  readonly imap: FaultyServer<ImapFaults>
  readonly smtp: FaultyServer<SmtpFaults>
}

/** How an account reaches a server at present. */
export interface PracticeEndpoint {
  readonly port: number
  readonly security: Security
}

interface FaultsOfAll {
  readonly pop3?: Pop3Faults
  readonly imap?: ImapFaults
  readonly smtp?: SmtpFaults
}

const expired = 'Your password has expired, ask the help desk for a new one'
const full = 'Your mailbox is full'

/** What the servers themselves do; the other faults lie in the way to them. */
const faults: Readonly<Partial<Record<PracticeFault, FaultsOfAll>>> = {
  'password-expired': {
    pop3: { onCommand: (name) => (name === 'PASS' || name === 'AUTH' ? `-ERR [AUTH] ${expired}` : undefined) },
    imap: { replies: { LOGIN: `NO [EXPIRED] ${expired}`, AUTHENTICATE: `NO [EXPIRED] ${expired}` } },
    smtp: { refuseLogon: true },
  },
  'mailbox-locked': {
    pop3: { isLocked: true },
    imap: { replies: { SELECT: 'NO [INUSE] Another program has this folder', EXAMINE: 'NO [INUSE] Another program has this folder' } },
  },
  'mailbox-full': {
    imap: { replies: { APPEND: `NO [OVERQUOTA] ${full}`, COPY: `NO [OVERQUOTA] ${full}`, MOVE: `NO [OVERQUOTA] ${full}` } },
    smtp: { refuseMessage: { code: 552, text: `5.2.2 ${full}` } },
  },
  slow: { pop3: { bytesPerSecond: 2000 }, imap: { delayMs: 1500 }, smtp: { delayMs: 4000 } },
  drops: { pop3: { dropAfterBytes: 1200 }, imap: { dropAfterBytes: 1200 }, smtp: { dropAfterData: 'not-taken' } },
}

/** The practice servers and their trouble. A second trio, which speaks TLS with a wrong certificate, starts when it is wanted. */
export class FaultyServers {
  readonly #plain: ServerTrio
  readonly #startSecure: () => Promise<ServerTrio>
  #secure: ServerTrio | undefined
  #fault: PracticeFault = 'none'
  #closedPort = 0

  constructor(plain: ServerTrio, startSecure: () => Promise<ServerTrio>) {
    this.#plain = plain
    this.#startSecure = startSecure
  }

  get fault(): PracticeFault {
    return this.#fault
  }

  async choose(fault: PracticeFault): Promise<void> {
    if (fault === 'certificate') this.#secure ??= await this.#startSecure()
    if (fault === 'port-closed') this.#closedPort = await closedPort()
    replace(this.#plain.pop3.faults, faults[fault]?.pop3)
    replace(this.#plain.imap.faults, faults[fault]?.imap)
    replace(this.#plain.smtp.faults, faults[fault]?.smtp)
    this.#fault = fault
  }

  at(protocol: Protocol): PracticeEndpoint {
    if (this.#fault === 'certificate' && this.#secure) return { port: this.#secure[protocol].port, security: 'tls' }
    if (this.#fault === 'port-closed') return { port: this.#closedPort, security: 'none' }
    return { port: this.#plain[protocol].port, security: this.#fault === 'no-starttls' ? 'starttls' : 'none' }
  }

  async close(): Promise<void> {
    const all = [this.#plain, ...(this.#secure ? [this.#secure] : [])]
    await Promise.all(all.flatMap(({ pop3, imap, smtp }) => [pop3.close(), imap.close(), smtp.close()]))
  }
}

/** Running servers hold on to the object and look into it before each answer. */
function replace<Faults extends object>(running: Faults, wanted: Faults = {} as Faults): void {
  for (const key of Object.keys(running)) delete running[key as keyof Faults]
  Object.assign(running, wanted)
}

/** A port on which nothing listens: one that was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
