// What it costs to find out that nothing is new in 100 folders, and to show what is.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createEngine } from '../../electron/engine/engine.ts'
import { silentLogger } from '../../electron/engine/log.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'
import { newAccountSettings } from '../../shared/domain/new-account.ts'
import { startDelayProxy } from '../servers/delay-proxy.ts'
import { openImapHands } from '../servers/imap-hands.ts'
import { emptyFolder, type Mailbox, pullByMbsync } from './imap-programs.ts'
import { atMost, type BenchResult, median, rounded } from './result.ts'

const folders = 100
const rounds = 5
const signal = new AbortController().signal

export async function measureResync(mailbox: Mailbox): Promise<readonly BenchResult[]> {
  await makeFolders(mailbox)
  const counting = await startCountingProxy(mailbox.port)
  const near = await resyncs({ ...mailbox, port: counting.port }, counting)
  const fresh = await newMessages(mailbox)
  counting.close()
  const slow = await startDelayProxy(mailbox.port, 75)
  const far = await resyncs({ ...mailbox, port: slow.port })
  const home = emptyFolder(mailbox, 'mbsync-all')
  await pullByMbsync({ ...mailbox, port: mailbox.port }, home)
  const theirs: number[] = []
  for (let round = 0; round < 3; round += 1) theirs.push(await pullByMbsync({ ...mailbox, port: slow.port }, home))
  await slow.close()
  const ratio = far.seconds / median(theirs)
  const nothingNew = `nothing new in ${folders} folders, ${mailbox.count} messages in one of them`
  return [
    atMost(`round trips, ${nothingNew}, LIST-STATUS`, near.roundTrips, 3, 'round trips'),
    atMost(`${nothingNew}, loopback, on the connection that is kept`, near.seconds, 0.3, 's'),
    {
      what: `${nothingNew}, 150 ms, on the connection that is kept (mbsync connects anew)`,
      unit: 's',
      ours: rounded(far.seconds),
      peer: rounded(median(theirs)),
      peerName: 'mbsync',
      ratio: rounded(ratio),
      goal: 'at most 0.25 of mbsync',
      met: ratio <= 0.25,
    },
    atMost('100 new messages in one of the folders, visible in the list after', fresh, 1, 's'),
  ]
}

async function makeFolders({ port, user, password }: Mailbox): Promise<void> {
  const hands = await openImapHands({ port, user, password })
  for (let number = 1; number < folders; number += 1) {
    await hands.command(`CREATE bench${number}`)
    await hands.command(`SUBSCRIBE bench${number}`)
    await hands.append(`bench${number}`, { raw: Buffer.from(`Subject: ${number}\r\nMessage-ID: <f${number}@bench>\r\n\r\nHello\r\n`) })
  }
  hands.close()
}

async function open(mailbox: Mailbox) {
  const dataFolder = emptyFolder(mailbox, 'resync')
  const engine = await createEngine({ dataFolder, clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: 'bench' })
  const server = { host: '127.0.0.1', port: mailbox.port, security: 'none' } as const
  const answers = { name: 'Bench', address: 'bench@example.org', protocol: 'imap', user: mailbox.user, rememberPassword: true } as const
  const settings = newAccountSettings({ ...answers, incoming: server, outgoing: server })
  await engine.handlers['accounts.add']({ settings, password: mailbox.password, outgoingPassword: null }, signal)
  return {
    engine,
    async receive() {
      const run = { accounts: null, receive: true, send: false, isForeground: true, bodies: 'on-demand' } as const
      const { tasks } = await engine.parts.runs.start(run).done
      const failed = tasks.find((task) => task.error)
      if (failed) throw new Error(JSON.stringify(failed.error))
    },
  }
}

async function resyncs(mailbox: Mailbox, counting?: CountingProxy) {
  const { engine, receive } = await open(mailbox)
  await receive()
  await receive()
  const seconds: number[] = []
  let roundTrips = 0
  for (let round = 0; round < rounds; round += 1) {
    const before = counting?.roundTrips() ?? 0
    const started = performance.now()
    await receive()
    seconds.push((performance.now() - started) / 1000)
    roundTrips = (counting?.roundTrips() ?? 0) - before
  }
  await engine.close()
  return { seconds: median(seconds), roundTrips }
}

/** From the moment they stand on the server to the moment all are in the open list. */
async function newMessages(mailbox: Mailbox): Promise<number> {
  const { engine, receive } = await open(mailbox)
  await receive()
  const { store } = engine.parts
  const folder = store.folders.list().find(({ path }) => path === 'bench7')
  if (!folder) throw new Error('A folder is missing.')
  const { view, total } = store.views.open({ folder: folder.id, sort: 'received', descending: true, search: null }, 50, null)
  const hands = await openImapHands(mailbox)
  const letters = Array.from({ length: 100 }, (_, number) => ({
    raw: Buffer.from(`Subject: new ${number}\r\nMessage-ID: <n${number}.${Date.now()}@bench>\r\n\r\nHello\r\n`),
  }))
  await hands.append('bench7', ...letters)
  hands.close()
  const started = performance.now()
  await receive()
  const seconds = (performance.now() - started) / 1000
  if (store.views.rows(view, 0, 50).total !== total + 100) throw new Error('The new messages are not in the list.')
  await engine.close()
  return seconds
}

interface CountingProxy {
  readonly port: number
  /** How often the client spoke after the server had. */
  roundTrips(): number
  close(): void
}

async function startCountingProxy(target: number): Promise<CountingProxy> {
  let count = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let hasAnswered = true
    for (const socket of [client, upstream]) sockets.add(socket.setNoDelay(true).on('error', () => socket.destroy()))
    client.on('data', (bytes) => {
      if (hasAnswered) count += 1
      hasAnswered = false
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      hasAnswered = true
      client.write(bytes)
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    roundTrips: () => count,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
