import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { openPop3Session, type Pop3Session } from '../protocol/pop3/pop3-session.ts'
import { openImapSession, sendMessage } from '../protocol/sessions-on-demand.ts'
import { at } from './probe-server.ts'
import { type LogOnTry, openAs, smtpTarget, target } from './try-log-on.ts'

export interface TestMessageRun {
  readonly incoming: LogOnTry
  readonly outgoing: LogOnTry
  /** Sender and only recipient. */
  readonly address: string
  /** How long it may be on its way, and how often it is looked for, ms. */
  readonly patience: { readonly arrivesMs: number; readonly everyMs: number }
}

/**
 * The last two steps of a check, only where the user has asked for them: a message to the account's own address goes out and is
 * looked for. It is removed again where nothing else can be hit by that (IMAP with UIDPLUS). Throws StepFailure.
 */
export async function tryMessage({ incoming, outgoing, address, patience }: TestMessageRun): Promise<void> {
  const inbox = await incoming.steps.prepare(at(incoming, 'find-test'), () =>
    incoming.server.service === 'imap' ? imapInbox(incoming) : pop3Inbox(incoming),
  )
  try {
    const token = randomBytes(6).toString('hex')
    await outgoing.steps.run(at(outgoing, 'send-test'), async () => {
      await send(outgoing, address, token)
      return [undefined, `sent to ${address}`]
    })
    const sentAt = performance.now()
    await incoming.steps.run(at(incoming, 'find-test'), async () => {
      const left = await find(inbox, token, { ...patience, signal: incoming.signal })
      return [undefined, `arrived after ${((performance.now() - sentAt) / 1000).toFixed(1)} s, ${left}`]
    })
  } finally {
    inbox.close()
  }
}

/** Looks once for a message that was not there when this was made; undefined: it has not come. Says what became of it. */
interface Inbox {
  look(token: string): Promise<string | undefined>
  close(): void
}

async function find(inbox: Inbox, token: string, patience: TestMessageRun['patience'] & { readonly signal: AbortSignal }) {
  const until = performance.now() + patience.arrivesMs
  for (;;) {
    const found = await inbox.look(token)
    if (found !== undefined) return found
    if (performance.now() > until) throw new MailError('test-message-missing', 'The test message did not come in time.')
    await sleep(patience.everyMs, undefined, { signal: patience.signal })
  }
}

function send(attempt: LogOnTry, address: string, token: string): Promise<unknown> {
  const { signal, trace } = attempt
  const raw = [
    `From: <${address}>`,
    `To: <${address}>`,
    `Subject: Postrider test message ${token}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${token}.test@${address.split('@').at(-1) ?? 'localhost'}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'The connection check of Postrider has sent this message, to see whether mail goes and comes.',
    'You can delete it.',
    '',
  ].join('\r\n')
  const transmit = (server: LogOnTry['server']) => {
    const to = smtpTarget({ ...attempt, server })
    const auth = server.signIn === 'none' ? null : to.auth
    return sendMessage({ ...to, auth }, { sender: address, recipients: [address] }, Buffer.from(raw), { signal, trace })
  }
  return attempt.server.signIn === 'none' ? transmit(attempt.server) : openAs(attempt, transmit)
}

async function imapInbox(attempt: LogOnTry): Promise<Inbox> {
  const session = await openAs(attempt, (server) => openImapSession(target({ ...attempt, server }), attempt.signal, attempt.trace))
  const { uidNext } = await session.select('INBOX')
  return {
    async look(token) {
      const { isReadOnly } = await session.select('INBOX')
      const uids = (await session.listUids({ from: uidNext, to: '*' })).filter((uid) => uid >= uidNext)
      let found: number | undefined
      await session.fetchHeaders(uids, (batch) => {
        found ??= batch.find(({ header }) => header.includes(token))?.uid
      })
      return found === undefined ? undefined : isReadOnly ? 'and stays in the Inbox' : remove(session, found)
    },
    close: () => session.destroy(),
  }
}

async function remove(session: ImapSession, uid: number): Promise<string> {
  if (!session.changes.canExpungeSome) return 'and stays in the Inbox'
  try {
    await session.setFlags([uid], ['deleted'], [])
    await session.changes.expunge([uid])
    return 'and was removed again'
  } catch {
    return 'and stays in the Inbox' // it came, which is what was to be found out
  }
}

/** A POP3 session sees no mail that comes after its beginning, so each look is a session of its own. */
async function pop3Inbox(attempt: LogOnTry): Promise<Inbox> {
  const within = async <T>(work: (session: Pop3Session) => Promise<T>): Promise<T> => {
    const session = await openAs(attempt, (server) => openPop3Session(target({ ...attempt, server }), attempt.signal, attempt.trace))
    try {
      const result = await work(session)
      await session.quit()
      return result
    } catch (error) {
      session.destroy()
      throw error
    }
  }
  const before = new Set((await within(names)).map(({ name }) => name))
  return {
    look: (token) =>
      within(async (session) => {
        const fresh = (await names(session)).filter(({ name }) => !before.has(name))
        for (const { number } of fresh) if ((await session.top(number, 0)).includes(token)) return 'and stays in the Inbox'
        return undefined
      }),
    close: () => {},
  }
}

/** Without UIDL, number and size must do: nothing is deleted between two looks. */
async function names(session: Pop3Session): Promise<readonly { readonly number: number; readonly name: string }[]> {
  const listed = await session.uidl()
  if (listed) return listed.map(({ number, uidl }) => ({ number, name: uidl }))
  return (await session.list()).map(({ number, size }) => ({ number, name: `${number} ${size}` }))
}
