// A slow line is packed where the server can do that (RFC 4978), unless that is switched off for it.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openImapSession } from '../../electron/engine/protocol/imap/imap-session.ts'
import { startDelayProxy } from '../servers/delay-proxy.ts'
import { missingCyrus } from '../servers/find-servers.ts'
import { startRecordingProxy } from '../servers/recording-proxy.ts'
import { type CyrusLab, startCyrusLab } from '../servers/start-cyrus-lab.ts'
import { imapTarget } from './support/imap-target.ts'
import { message, signal } from './support/pop3-world.ts'

const missing = missingCyrus()
const onCyrus = test.skipIf(missing !== undefined)
if (missing !== undefined) console.warn(`skipped: ${missing}`)

const text = 'The same words again and again. '.repeat(4000)
let lab: CyrusLab

beforeAll(async () => {
  if (missing !== undefined) return
  lab = await startCyrusLab()
  await lab.deliver('alice', message('long', text))
}, 60_000)

afterAll(() => lab?.stop())

/** Reads the long message over a line whose round trip takes twice as long as `delayMs`. */
async function readOver(delayMs: number, switchedOff: readonly 'COMPRESS'[] = []) {
  const recording = await startRecordingProxy(lab.imap.port)
  onTestFinished(() => recording.close())
  const slow = await startDelayProxy(recording.port, delayMs)
  onTestFinished(() => slow.close())
  const { user, password } = lab.user('alice')
  const session = await openImapSession({ ...imapTarget(lab, { user, password, switchedOff }), port: slow.port }, signal)
  onTestFinished(() => session.close())
  await session.select('INBOX')
  expect((await session.fetchRaw(1)).toString()).toContain(text)
  return { isPacked: recording.takeSent().some((line) => line.endsWith('COMPRESS DEFLATE')), bytes: recording.receivedBytes() }
}

onCyrus('a slow line is packed, and the message arrives byte for byte', async () => {
  const { isPacked, bytes } = await readOver(20)
  expect(isPacked).toBe(true)
  expect(bytes).toBeLessThan(text.length / 10)
})

onCyrus('a slow line is not packed where the account says so', async () => {
  const { isPacked, bytes } = await readOver(20, ['COMPRESS'])
  expect(isPacked).toBe(false)
  expect(bytes).toBeGreaterThan(text.length)
})
