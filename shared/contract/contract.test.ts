import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { MailError } from '../errors/mail-error.ts'
import { connect } from './connect.ts'
import { action, event, query, type Handlers } from './define.ts'
import { serve } from './serve.ts'
import { wirePair } from './wire.ts'

const calls = {
  double: query<number>()(v.strictObject({ n: v.number() })),
  fail: action<null>()(v.strictObject({ how: v.picklist(['as MailError', 'as Error', 'as text']) })),
  wait: query<string>()(v.strictObject({})),
}
const events = { ticked: event<{ readonly n: number }>() }

function joined() {
  const [near, far] = wirePair()
  const failures: string[] = []
  const waits: AbortSignal[] = []
  let finish = (_text: string) => {}
  const handlers: Handlers<typeof calls> = {
    double: ({ n }) => 2 * n,
    fail: ({ how }) => {
      if (how === 'as MailError') throw new MailError('over-quota', 'full', { account: 'Work' })
      if (how === 'as Error') throw new TypeError('x is undefined')
      // oxlint-disable-next-line no-throw-literal -- a library may throw anything
      throw 'text'
    },
    wait: (_input, signal) => {
      waits.push(signal)
      return new Promise((resolve, reject) => {
        finish = resolve
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    },
  }
  const served = serve<typeof calls, typeof events>(calls, handlers, far, (call) => failures.push(call))
  const client = connect<typeof calls, typeof events>(near)
  return { client, served, near, far, failures, waits, finish: (text: string) => finish(text) }
}

/** Longer than any number of frames takes in memory. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a call', () => {
  test('is answered, also with several under way', async () => {
    const { client } = joined()
    expect(await Promise.all([1, 2, 3].map((n) => client.call('double', { n })))).toEqual([2, 4, 6])
  })

  test('that is unknown or has bad input never reaches a handler', async () => {
    const { client, failures } = joined()
    await expect(client.call('nothing' as 'double', { n: 1 })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'There is no call "nothing".',
    })
    for (const name of ['constructor', '__proto__', 'hasOwnProperty'])
      await expect(client.call(name as 'double', { n: 1 })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(client.call('double', { n: '1' } as never)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/^double: n: /),
    })
    await expect(client.call('double', { n: 1, m: 2 } as never)).rejects.toMatchObject({ code: 'bad-input' })
    await expect(client.call('double', null as never)).rejects.toMatchObject({ code: 'bad-input' })
    expect(failures).toHaveLength(7)
  })

  test('that fails keeps its code, and what is no MailError is our mistake', async () => {
    const { client, failures } = joined()
    const failure = await client.call('fail', { how: 'as MailError' }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(MailError)
    expect(failure).toMatchObject({ code: 'over-quota', message: 'full', detail: { account: 'Work' } })
    await expect(client.call('fail', { how: 'as Error' })).rejects.toMatchObject({ code: 'bug', message: 'x is undefined' })
    await expect(client.call('fail', { how: 'as text' })).rejects.toMatchObject({ code: 'bug', message: 'text' })
    expect(failures).toEqual(['fail', 'fail', 'fail'])
  })
})

describe('cancelling', () => {
  test('stops the work and fails the call with the given reason', async () => {
    const { client, waits, failures } = joined()
    const stop = new AbortController()
    const waiting = client.call('wait', {}, stop.signal)
    await settled()
    stop.abort(new MailError('cancelled', 'enough'))
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled', message: 'enough' })
    await settled()
    expect(waits[0]?.aborted).toBe(true)
    expect(failures).toEqual([])
  })

  test('before the call sends nothing', async () => {
    const { client, waits } = joined()
    await expect(client.call('wait', {}, AbortSignal.abort('late'))).rejects.toBe('late')
    await settled()
    expect(waits).toEqual([])
  })

  test('after the answer changes nothing', async () => {
    const { client, waits, finish } = joined()
    const stop = new AbortController()
    const waiting = client.call('wait', {}, stop.signal)
    await settled()
    finish('done')
    expect(await waiting).toBe('done')
    stop.abort()
    await settled()
    expect(waits[0]?.aborted).toBe(false)
  })
})

describe('closing', () => {
  test('fails open calls on one side and stops their work on the other', async () => {
    const { client, waits } = joined()
    let closes = 0
    client.onClose(() => closes++)
    const waiting = client.call('wait', {})
    await settled()
    client.close()
    await expect(waiting).rejects.toMatchObject({ code: 'engine-gone' })
    await expect(client.call('double', { n: 1 })).rejects.toMatchObject({ code: 'engine-gone' })
    expect(waits[0]?.aborted).toBe(true)
    expect(closes).toBe(1)
  })

  test('by the server is the same', async () => {
    const { client, far } = joined()
    const waiting = client.call('wait', {})
    far.close()
    await expect(waiting).rejects.toMatchObject({ code: 'engine-gone' })
  })
})

describe('an event', () => {
  test('reaches each listener until it stops listening', async () => {
    const { client, served } = joined()
    const heard: string[] = []
    const stop = client.on('ticked', ({ n }) => heard.push(`a${n}`))
    client.on('ticked', ({ n }) => heard.push(`b${n}`))
    served.emit('ticked', { n: 1 })
    await settled()
    stop()
    served.emit('ticked', { n: 2 })
    await settled()
    expect(heard).toEqual(['a1', 'b1', 'b2'])
  })

  test('after the end goes nowhere', async () => {
    const { client, served } = joined()
    client.close()
    expect(() => served.emit('ticked', { n: 1 })).not.toThrow()
  })
})

test('frames that are no frames are ignored', async () => {
  const { near, client } = joined()
  for (const junk of [
    null,
    1,
    'call',
    [],
    {},
    { t: 'call' },
    { t: 'call', id: 1.5, name: 'double' },
    { t: 'call', id: 1, name: 2 },
    { t: 'cancel', id: 99 },
  ])
    near.send(junk)
  expect(await client.call('double', { n: 4 })).toBe(8)
})

test('a number that is in use is refused without harm to the call that has it', async () => {
  const { near, client, finish } = joined()
  const waiting = client.call('wait', {})
  await settled()
  const replies: unknown[] = []
  near.onMessage((frame) => replies.push(frame))
  near.send({ t: 'call', id: 2, name: 'wait', input: {} })
  near.send({ t: 'call', id: 2, name: 'double', input: { n: 1 } })
  await settled()
  expect(replies).toEqual([{ t: 'failure', id: 2, error: expect.objectContaining({ code: 'bad-input' }) }])
  near.send({ t: 'cancel', id: 2 })
  finish('the second')
  near.send({ t: 'cancel', id: 1 })
  client.close()
  await expect(waiting).rejects.toMatchObject({ code: 'engine-gone' })
})
