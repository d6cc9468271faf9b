// Postrider as one of two programs on one mailbox: does what a user could do, at random, until it is killed or has done enough.
// Says on standard output what it is about to do. Started by imap-two-clients.test.ts.
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { createEngine } from '../../../electron/engine/engine.ts'
import { silentLogger } from '../../../electron/engine/log.ts'
import { systemClock } from '../../../electron/engine/ports.ts'
import { memorySecrets } from '../../../electron/hosts/secrets/memory-secrets.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FlagName, MessageSummary } from '../../../shared/domain/message.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { seededRandom } from '../../servers/seeded-random.ts'

const [dataFolder = '', password = '', seed = '0', count = '0'] = process.argv.slice(2)
const signal = new AbortController().signal
const random = seededRandom(Number(seed))
const engine = await createEngine({ dataFolder, clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: 'test' })
const { handlers, parts } = engine
const { store, runs, passwords } = parts
const [account] = store.accounts.list()
if (!account) throw new Error('the store was not prepared')
await passwords.set(account.id, 'incoming', password, false)
// writeSync, so that what was said is out before the next line runs: the kill may come at any moment.
const say = (line: string) => void writeSync(1, `${line}\n`)
engine.on('accountStatus', (status) => {
  if (status.state === 'failed') say(`failed ${status.error.code} ${status.error.message} ${status.error.detail.action ?? ''}`)
})

/** Other people's folders are not part of the story. */
const isOwn = ({ path, account: owner }: Folder) => owner === account.id && !/^(Public|Shared)/.test(path)
const isLocal = ({ account: owner, role }: Folder) => owner === null && role === 'inbox'
const folders = () => store.folders.list().filter((folder) => folder.selectable && (isOwn(folder) || isLocal(folder)))
const own = () => folders().filter(isOwn)
const mine = () => own().filter((folder) => folder.name.startsWith('p'))
const isDisposable = ({ subject }: MessageSummary) => subject.startsWith('d')

function someOf(folder: Folder, accepts: (row: MessageSummary) => boolean = () => true): readonly MessageSummary[] {
  const rows = store.messages.getMany(store.messages.idsInFolder(folder.id)).filter(accepts)
  const from = random.below(Math.max(1, rows.length))
  return rows.slice(from, from + 1 + random.below(4))
}

const flags: readonly FlagName[] = ['seen', 'answered', 'flagged']
type Act = () => unknown

function place(call: 'messages.move' | 'messages.copy'): unknown {
  const rows = someOf(random.pick(folders()))
  const target = random.pick(folders())
  if (rows.length === 0) return undefined
  if (call === 'messages.copy') say(`copied ${rows.map((row) => row.subject).join(' ')}`)
  return handlers[call]({ ids: rows.map((row) => row.id), folder: target.id }, signal)
}

function deleteSome(permanently: boolean): unknown {
  const rows = someOf(random.pick(own()), isDisposable)
  return rows.length > 0 && handlers['messages.delete']({ ids: rows.map((row) => row.id), permanently }, signal)
}

function mark(): unknown {
  const folder = random.pick(own())
  const isGoing = random.chance(0.2)
  const rows = someOf(folder, isGoing ? isDisposable : undefined)
  const flag = isGoing ? 'deleted' : random.pick(flags)
  const [add, remove]: [FlagName[], FlagName[]] = random.chance(0.6) ? [[flag], []] : [[], [flag]]
  return rows.length > 0 && handlers['messages.setFlags']({ ids: rows.map((row) => row.id), add, remove }, signal)
}

const acts: readonly (readonly [number, Act])[] = [
  [8, mark],
  [8, () => place('messages.move')],
  [3, () => place('messages.copy')],
  [2, () => deleteSome(false)],
  [1, () => deleteSome(true)],
  [1, () => handlers['folders.purge']({ folder: random.pick(own()).id }, signal)],
  [
    1,
    () =>
      handlers['folders.create'](
        {
          account: account.id,
          parent: random.chance(0.3) && mine().length > 0 ? random.pick(mine()).id : null,
          name: `p${random.below(1000)}`,
        },
        signal,
      ),
  ],
  [1, () => mine().length > 0 && handlers['folders.rename']({ folder: random.pick(mine()).id, name: `p${random.below(1000)}` }, signal)],
  [1, () => handlers['settings.set']({ offline: random.chance(0.4) }, signal)],
  [3, () => void parts.work.replay({ account, signal, isForeground: false }).catch(() => {})],
  [2, () => void handlers['folders.refresh']({ folder: random.pick(own()).id }, signal)?.catch?.(() => {})],
  [1, () => void runs.start({ accounts: null, receive: true, send: false, isForeground: false, bodies: 'on-demand' }).done],
  [3, () => setTimeout(random.below(60))],
]
const bag = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act))

say('ready')
for (let done = 0; done < Number(count); done++) {
  say('act')
  try {
    await random.pick(bag)()
  } catch (error) {
    // Offline, a name that is taken, a message that went meanwhile: what users meet, too.
    if (toErrorInfo(error).code === 'bug') say(`bug ${error instanceof Error ? error.stack : String(error)}`)
  }
}
say('done')
await handlers['settings.set']({ offline: false }, signal)
await engine.close()
