// Practice mode (A17): a POP3, an IMAP and an SMTP server on loopback with sample mail. What is sent never leaves the computer.
import type { PracticeFault } from '../../shared/domain/practice.ts'
import type { Logger } from '../engine/log.ts'
import { startImapServer } from './imap-server.ts'
import { startPop3Server } from './pop3-server.ts'
import { practiceAddresses, practiceImap, practicePop3 } from './practice-accounts.ts'
import { practiceAnswers } from './practice-answer.ts'
import { FaultyServers, type PracticeEndpoint, type ServerTrio } from './practice-faults.ts'
import { type ReceivedMessage, startSmtpServer } from './smtp-server.ts'
import { wrongCertificate } from './wrong-certificate.ts'

/** Where it is and how it is reached may change with each choice of a fault. */
export interface PracticeServer extends PracticeEndpoint {
  readonly host: '127.0.0.1'
  /** Also the address of the account. */
  readonly user: string
  /** No secret: the same everywhere, and the server is only reachable from this computer. */
  readonly password: string
}

export interface PracticeServers {
  readonly pop3: PracticeServer
  readonly imap: PracticeServer
  /** Takes mail of both accounts, with or without a log-on. */
  readonly smtp: PracticeServer
  /** What goes wrong; `none` at the start. */
  readonly fault: PracticeFault
  choose(fault: PracticeFault): Promise<void>
  /** Whose mail this is: the name that the letters greet. */
  readonly ownerName: string
  /** Puts a message into the Inbox of one of the two accounts; false: that address is not one of them. */
  deliver(address: string, raw: Buffer): boolean
  close(): Promise<void>
}

export interface PracticeOptions {
  readonly now: Date
  readonly log: Logger
}

const password = 'practice'

/** Starts all three with fresh sample mail; security is none, for they speak on loopback only. */
export async function startPractice({ now, log }: PracticeOptions): Promise<PracticeServers> {
  const pop3 = practicePop3(now)
  const mailboxes = practiceImap(now)
  const startedAt = Date.now()
  const inboxes = new Map<string, (raw: Buffer) => void>([
    [practiceAddresses.pop3, (raw) => pop3.deliver(raw)],
    [practiceAddresses.imap, (raw) => void mailboxes.deliver('INBOX', raw)],
  ])
  const deliver = (address: string, raw: Buffer): boolean => {
    const inbox = inboxes.get(address.toLowerCase())
    inbox?.(raw)
    return inbox !== undefined
  }
  // `now` may be any day; the clock goes on from there.
  const clock = () => new Date(now.getTime() + Date.now() - startedAt)
  const users = Object.values(practiceAddresses).map((user) => ({ user, password }))
  const startTrio = async (isSecure: boolean): Promise<ServerTrio> => {
    const [pop3Server, imap, smtp] = await Promise.all([
      startPop3Server({
        findUser: (name) => (name === practiceAddresses.pop3 ? { password, maildrop: pop3.maildrop } : undefined),
        ...(isSecure && { tls: wrongCertificate }),
      }),
      startImapServer({
        users: [{ user: practiceAddresses.imap, password }],
        mailboxes,
        ...(isSecure && { tls: { mode: 'tls', ...wrongCertificate } }),
      }),
      startSmtpServer({
        users,
        requireLogon: false,
        onMessage: (message) => passOn(message, { deliver, clock, log }),
        ...(isSecure && { tls: { mode: 'tls', ...wrongCertificate } }),
      }),
    ])
    return { pop3: pop3Server, imap, smtp }
  }
  const servers = new FaultyServers(await startTrio(false), () => startTrio(true))
  log.info('practice servers started')
  return describe(servers, deliver)
}

function describe(servers: FaultyServers, deliver: PracticeServers['deliver']): PracticeServers {
  const at = (protocol: keyof ServerTrio, user: string): PracticeServer => ({
    host: '127.0.0.1',
    user,
    password,
    get port() {
      return servers.at(protocol).port
    },
    get security() {
      return servers.at(protocol).security
    },
  })
  return {
    pop3: at('pop3', practiceAddresses.pop3),
    imap: at('imap', practiceAddresses.imap),
    smtp: at('smtp', practiceAddresses.imap),
    ownerName: 'Robin Taylor',
    get fault() {
      return servers.fault
    },
    choose: (fault) => servers.choose(fault),
    deliver,
    close: () => servers.close(),
  }
}

interface PassOn {
  deliver(address: string, raw: Buffer): boolean
  clock(): Date
  readonly log: Logger
}

/** To the practice accounts themselves as it is; everybody else answers the sender. */
function passOn(message: ReceivedMessage, { deliver, clock, log }: PassOn): void {
  const { raw, recipients } = message
  const elsewhere = recipients.filter((address) => !deliver(address, raw))
  // Who has logged on counts more than From, which people change while they practise.
  const sender = message.user ?? message.sender
  const answers = practiceAnswers({ raw, sender, recipients: elsewhere, now: clock() })
  for (const answer of answers) deliver(sender, answer)
  log.info('practice mail passed on', { recipients: recipients.length, answers: answers.length })
}
