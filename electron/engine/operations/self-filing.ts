import type { Account } from '../../../shared/domain/account.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { recordLanded } from './landing.ts'
import type { OperationContext } from './operation.ts'
import { isRefusal } from './refused-anyway.ts'

/** Providers whose SMTP servers put what they send into Sent Items by themselves (Gmail; Outlook.com and Exchange Online). */
const selfFilingHosts: ReadonlySet<string> = new Set([
  'smtp.gmail.com',
  'smtp.googlemail.com',
  'smtp.office365.com',
  'smtp-mail.outlook.com',
  'smtp.outlook.com',
  'smtp.live.com',
  'smtp.hotmail.com',
  'outlook.office365.com',
])
/** As often as that by itself, and it will be so the next time. */
const sureAfter = 2
/** By then a server has stored what it wanted to store. */
const settledMs = 15_000

/** Whether sent mail will turn up in Sent Items without our doing. */
export function filesItself(store: Store, { id, outgoing }: Account): boolean {
  const times = store.imapAccounts.selfFiled(id)
  return times >= sureAfter || (times >= 0 && selfFilingHosts.has(outgoing.host.toLowerCase()))
}

/** In the selected folder. Microsoft's servers give messages an ID of their own, and keep ours beside it. */
export async function findFiled(session: ImapSession, header: string): Promise<readonly number[]> {
  const found = await session.changes.findByMessageId(header)
  return found.length > 0 ? found : session.changes.findByReplacedMessageId(header)
}

/**
 * Some servers store sent mail themselves, but some seconds after we have looked. Then there are two of the last message: ours goes,
 * and from now on we wait for theirs.
 */
export async function tidySent({ store, account, clock }: OperationContext, session: ImapSession): Promise<void> {
  const filed = store.imapAccounts.lastFiled(account.id)
  if (!filed || clock.now() - filed.at < settledMs) return
  const folder = store.folders.findById(filed.folder)
  try {
    if (folder && session.changes.canExpungeSome) {
      const { uidValidity } = await session.select(folder.path)
      const all = uidValidity === filed.uidValidity ? await findFiled(session, filed.header) : []
      const [other] = all.filter((uid) => uid !== filed.uid)
      if (other !== undefined && all.includes(filed.uid)) {
        await session.setFlags([filed.uid], ['deleted'], [])
        await session.changes.expunge([filed.uid])
        takeTheirs(store, account, { ...filed, other })
      }
    }
  } catch (error) {
    // There are two then: no harm, and no reason to keep other work back.
    if (!isRefusal(error)) throw error
  }
  store.imapAccounts.setLastFiled(account.id, undefined)
}

interface Twice {
  readonly folder: Parameters<typeof recordLanded>[1]['folder']
  readonly uidValidity: string
  readonly uid: number
  readonly other: number
}

/** Our row, which has the text, now stands for the server's message. */
function takeTheirs(store: Store, account: Account, { folder, uidValidity, uid, other }: Twice): void {
  store.transaction(() => {
    store.imapAccounts.setSelfFiled(account.id, sureAfter)
    const message = store.messages.findByUid(folder, uid)
    if (message !== undefined) recordLanded(store, { account: account.id, folder, uidValidity, message, uid: other })
  })
}
