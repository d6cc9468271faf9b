import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { headerFacts } from '../mime/facts.ts'
import { Consent } from './pop3-consent.ts'
import type { JudgeHeader, Pop3SyncContext } from './pop3-context.ts'
import { deleteOnServer, settleDeletions, settleMissing } from './pop3-deletion.ts'
import { downloadBodies, downloadHeaders, topAll } from './pop3-download.ts'
import { headerHash } from './pop3-header.ts'
import { type Listing, readListing } from './pop3-listing.ts'
import type { NamedMessage } from './pop3-naming.ts'
import { planPop3, type Pop3Plan } from './pop3-plan.ts'

/** One connection to a POP3 maildrop: fetches what is new, carries out marks, and deletes what is due and agreed to. */
export async function syncPop3(context: Pop3SyncContext): Promise<void> {
  const { session, store, account, clock, job } = context
  const inbox = store.folders.byRole(null, 'inbox')
  if (!inbox) throw new MailError('store-damaged', 'The local Inbox is missing.')
  const listing = await readListing(context)
  const plan = await judged(context, listing, planPop3({ messages: listing.messages, options: account.pop3, job, now: clock.now() }))
  const consent = new Consent(context, listing, plan)
  let deleted: readonly string[] = []
  try {
    expect(context, plan)
    const stored = await downloadBodies(context, inbox.id, plan.bodies)
    await downloadHeaders(context, inbox.id, { messages: plan.headers, read: listing.headers })
    const leaving = [...plan.deletions, ...plan.bodies.filter((message) => plan.deletedAfterDownload.has(message) && stored.has(message))]
    if (leaving.length > 0 && (await consent.given())) deleted = await deleteOnServer(context, leaving)
  } finally {
    consent.close()
  }
  if (deleted.length > 0) await session.quit()
  else await sayGoodbye(context)
  settleDeletions(context, deleted)
  settleMissing(context, listing.missing)
  store.transaction(() => store.folders.setChecked(inbox.id, clock.now()))
}

function expect({ progress }: Pop3SyncContext, { bodies, headers }: Pop3Plan): void {
  progress.expect(
    bodies.length + headers.length,
    bodies.reduce((sum, { size }) => sum + size, 0),
  )
}

/** Nothing was deleted, so nothing hangs on the answer: a server that hangs up instead of answering has done no harm. */
async function sayGoodbye({ session }: Pop3SyncContext): Promise<void> {
  try {
    await session.quit()
  } catch (error) {
    if (toErrorInfo(error).code !== 'connection-lost') throw error
  }
}

/** Rules that look at new mail while it is still on the server. */
async function judged(context: Pop3SyncContext, listing: Listing, plan: Pop3Plan): Promise<Pop3Plan> {
  const { judgeHeader, store, account } = context
  if (!judgeHeader) return plan
  const verdicts = await verdictsOf(context, {
    listing,
    judgeHeader,
    fresh: [...plan.bodies, ...plan.headers].filter((each) => !each.record),
  })
  const left = [...verdicts].filter(([, { verdict }]) => verdict === 'leave-on-server')
  const refused = [...verdicts].filter(([, { verdict }]) => verdict === 'delete-on-server')
  store.transaction(() =>
    store.uidls.record(
      account.id,
      [...left, ...refused].map(([{ uidl, size }, { verdict, hash }]) => ({
        uidl,
        size,
        headerHash: hash,
        message: null,
        state: verdict === 'leave-on-server' ? ('ignored' as const) : ('to-be-deleted' as const),
        downloadedAt: null,
      })),
    ),
  )
  const settled = new Set([...left, ...refused].map(([message]) => message))
  return {
    ...plan,
    bodies: plan.bodies.filter((message) => !settled.has(message)),
    headers: plan.headers.filter((message) => !settled.has(message)),
    deletions: [...plan.deletions, ...refused.map(([message]) => message)],
    deletedAfterDownload: new Set([...plan.deletedAfterDownload].filter((message) => !settled.has(message))),
  }
}

async function verdictsOf(
  context: Pop3SyncContext,
  asked: { readonly listing: Listing; readonly judgeHeader: JudgeHeader; readonly fresh: readonly NamedMessage[] },
) {
  const verdicts = new Map<NamedMessage, { readonly verdict: ReturnType<JudgeHeader>; readonly hash: string }>()
  const judge = (message: NamedMessage, header: Buffer) => {
    const verdict = asked.judgeHeader(headerFacts(header), message.size)
    verdicts.set(message, { verdict, hash: headerHash(header) })
  }
  const { headers } = asked.listing
  for (const message of asked.fresh) {
    const header = headers.get(message.number)
    if (header) judge(message, header)
  }
  await topAll(
    context,
    asked.fresh.filter(({ number }) => !headers.has(number)),
    judge,
  )
  return verdicts
}
