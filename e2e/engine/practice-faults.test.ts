// The faults of practice mode, as the whole engine meets them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { practiceFaults, type PracticeFault } from '../../shared/domain/practice.ts'
import { startTestEngine, type TestEngine } from './support/test-engine.ts'

const signal = new AbortController().signal
let kit: TestEngine

beforeAll(async () => {
  kit = await startTestEngine()
  await kit.engine.handlers['practice.start']({}, signal)
})
afterAll(() => kit.close())

const choose = (fault: PracticeFault) => kit.engine.handlers['practice.choose']({ fault }, signal)

/** What receiving says, POP3 first, then IMAP. Nobody is there to answer a question about passwords. */
async function receive(): Promise<readonly (string | undefined)[]> {
  const { runs } = kit.engine.parts
  const { done } = runs.start({ accounts: null, receive: true, send: false, isForeground: false, bodies: 'on-demand' })
  const { tasks } = await done
  return tasks.map(({ error }) => error?.code)
}

const expected: Partial<Record<PracticeFault, readonly (string | undefined)[]>> = {
  none: [undefined, undefined],
  certificate: ['certificate-untrusted', 'certificate-untrusted'],
  'port-closed': ['connection-refused', 'connection-refused'],
  'no-starttls': ['encryption-unavailable', 'encryption-unavailable'],
  'password-expired': ['sign-in-refused', 'sign-in-expired'],
  'mailbox-full': [undefined, undefined],
  drops: ['connection-lost', 'connection-lost'],
}

test.for(Object.entries(expected))('%s is met as what it is, and is gone when it is taken back', async ([fault, codes]) => {
  await choose(fault as PracticeFault)
  expect(await kit.engine.handlers['practice.fault']({}, signal)).toEqual({ fault })
  expect(await receive()).toEqual(codes)
  await choose('none')
  expect(await receive()).toEqual([undefined, undefined])
})

test('the doctor meets a locked mailbox, too', async () => {
  await choose('mailbox-locked')
  const [account] = kit.engine.parts.store.accounts.list()
  if (!account) throw new Error('practice has accounts')
  const question = { run: 'locked', account: account.id, settings: null, password: null, outgoingPassword: null }
  const { problem } = await kit.engine.handlers['doctor.run'](question, signal)
  expect(problem?.error.code).toBe('mailbox-locked')
  await choose('none')
})

test('a slow line is slow and nothing else', async () => {
  expect(practiceFaults).toContain('slow')
  await choose('slow')
  const { runs } = kit.engine.parts
  const { id, done } = runs.start({ accounts: null, receive: true, send: false, isForeground: true, bodies: 'on-demand' })
  runs.stop(id)
  expect((await done).tasks.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  await choose('none')
})
