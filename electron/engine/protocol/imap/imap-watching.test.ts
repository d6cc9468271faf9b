import { afterEach, expect, test } from 'vitest'
import type { RunningImapServer } from '../../../practice/imap-server.ts'
import { closeAll, failureOf, mail, open, startServer } from './imap-test-kit.ts'
import type { News } from './imap-watching.ts'

afterEach(closeAll)

async function idling(server: RunningImapServer): Promise<void> {
  await expect.poll(() => server.commands.at(-1)?.name).toBe('IDLE')
}

/** Collects news; `next` resolves with the first that has not been looked at. */
function listener() {
  const seen: News[] = []
  let wake = () => {}
  return {
    onNews: (where: News) => {
      seen.push(where)
      wake()
    },
    async next(): Promise<News> {
      while (seen.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return seen.shift() as News
    },
  }
}

test('mail that arrives while we wait is told at once', async () => {
  const server = await startServer()
  const session = await open(server)
  const { onNews, next } = listener()
  const watching = failureOf(session.watch({ path: 'INBOX', others: false, onReady: () => {}, onNews }))
  await idling(server)
  server.mailboxes.deliver('INBOX', mail('new'))
  expect(await next()).toBe('here')
  session.destroy()
  expect((await watching).code).toBe('connection-lost')
})

test('a server that is silent is asked for a sign of life, and waiting goes on', async () => {
  const server = await startServer()
  const lines: string[] = []
  const session = await open(server, { timeoutMs: 200, trace: (line) => lines.push(line) })
  const { onNews, next } = listener()
  const watching = failureOf(session.watch({ path: 'INBOX', others: false, onReady: () => {}, onNews }))
  await idling(server)
  await expect.poll(() => lines.filter((line) => line.includes('NOOP')).length, { timeout: 5000 }).toBeGreaterThan(1)
  await idling(server)
  server.mailboxes.deliver('INBOX', mail('new'))
  expect(await next()).toBe('here')
  session.destroy()
  await watching
})

test('a folder that is not there ends the waiting with what is wrong', async () => {
  const session = await open(await startServer())
  const { code } = await failureOf(session.watch({ path: 'Nowhere', others: false, onReady: () => {}, onNews: () => {} }))
  expect(code).toBe('folder-missing')
})
