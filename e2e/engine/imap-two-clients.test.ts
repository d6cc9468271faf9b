// C6, F1: Postrider and another program change one mailbox at the same time, while connections break and Postrider is killed.
// POSTRIDER_TWO_CLIENTS=2000 lets both do 2,000 things instead of 150; POSTRIDER_TWO_CLIENTS_SEED another row of them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingServers } from '../servers/find-servers.ts'
import { type ImapHands, openImapHands } from '../servers/imap-hands.ts'
import { seededRandom, type SeededRandom } from '../servers/seeded-random.ts'
import { startLab, type Lab } from '../servers/start-lab.ts'
import { silentProgress } from '../../electron/engine/sync/progress.ts'
import { type CuttingProxy, startCuttingProxy } from './support/cutting-proxy.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const count = Number(process.env.POSTRIDER_TWO_CLIENTS ?? 150)
const seed = Number(process.env.POSTRIDER_TWO_CLIENTS_SEED ?? 1)
const missing = missingServers()
if (missing !== undefined) console.warn(`skipped: ${missing}`)

const signal = new AbortController().signal
/** More than are there when both begin: new ones arrive. */
const lettersAtFirst = 40

let lab: Lab
beforeAll(async () => {
  if (missing === undefined) lab = await startLab()
}, 60_000)
afterAll(async () => {
  await lab?.stop()
})

/** `d...` may be deleted for ever, `p...` is precious: nobody ever asks for that. */
const letter = (name: string) =>
  Buffer.from(`From: bob@example.org\r\nMessage-ID: <${name}@example.org>\r\nSubject: ${name}\r\n\r\nThis is ${name}.\r\n`)

/** How many of each letter there may be at most. */
type Census = Map<string, number>
/** Letters of which the server has not said that it has them. */
const unsure = new Set<string>()
const more = (census: Census, name: string) => census.set(name, (census.get(name) ?? 0) + 1)

interface OnServer {
  readonly uid: number
  readonly name: string
  readonly flags: readonly string[]
}

/** Leaves the folder open: by the time of another command its name may be another folder's. */
async function messagesIn(hands: ImapHands, folder: string): Promise<readonly OnServer[]> {
  await hands.command(`SELECT "${folder}"`)
  const answers = await hands.command('UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])')
  return answers.flatMap((line, at) => {
    const [, uid] = /UID (\d+)/.exec(line) ?? []
    const [, flags = ''] = /FLAGS \(([^)]*)\)/.exec(line) ?? []
    const [, name] = /^Subject: (\S+)/i.exec(answers[at + 1] ?? '') ?? []
    if (!line.includes('FETCH') || uid === undefined || name === undefined) return []
    return [
      {
        uid: Number(uid),
        name,
        flags: flags
          .split(' ')
          .filter((flag) => flag !== '' && flag !== '\\Recent')
          .sort(),
      },
    ]
  })
}

async function folderNames(hands: ImapHands): Promise<readonly string[]> {
  const listed = await hands.command('LIST "" "*"')
  return listed
    .filter((line) => !/\\Noselect|\\NonExistent|Public|Shared/i.test(line))
    .flatMap((line) => /"\/" "?([^"]*)"?$/.exec(line)?.[1] ?? [])
}

function openHands(): Promise<ImapHands> {
  const { user, password } = lab.user('alice')
  return openImapHands({ port: lab.imap.port, user, password })
}

/** The other program: as many things, each at once. What the server refuses, because Postrider was quicker, is left. */
async function otherProgram(random: SeededRandom, census: Census): Promise<void> {
  let hands = await openHands()
  for (let done = 0, born = 0; done < count; done++) {
    const names = await folderNames(hands)
    const folder = random.pick(names)
    const acts: readonly (() => Promise<unknown>)[] = [
      () => act('move', folder),
      () => act('move', folder),
      () => act('copy', folder),
      () => act('flag', folder),
      () => act('flag', folder),
      () => act('delete', folder),
      async () => {
        const name = `${random.pick(['d', 'p'])}new${born++}`
        more(census, name)
        unsure.add(name)
        // Folders that nobody renames: the literal goes out at once, and a server that has no use for it hangs up.
        await hands.append(random.pick(['INBOX', 'Sent', 'Drafts']), { raw: letter(name) })
        unsure.delete(name)
      },
      async () => {
        const name = `h${random.below(1000)}`
        await hands.command(`CREATE ${name}`)
        await hands.command(`SUBSCRIBE ${name}`)
      },
      async () => {
        const [from, to] = [names.find((name) => name.startsWith('h')), `h${random.below(1000)}`]
        if (from === undefined || random.chance(0.5)) return
        await hands.command(`RENAME ${from} ${to}`)
        await hands.command(`SUBSCRIBE ${to}`)
      },
    ]
    await random
      .pick(acts)()
      .catch(async (error: unknown) => {
        const text = String(error)
        if (!/NO |BAD |connection ended/.test(text)) throw error
        // Postrider has renamed the folder that was open: some servers hang up then.
        if (text.includes('connection ended')) hands = await openHands()
      })
    await setTimeout(random.below(20))
  }

  async function act(what: 'move' | 'copy' | 'flag' | 'delete', folder: string): Promise<void> {
    const target = random.pick(await folderNames(hands))
    const found = (await messagesIn(hands, folder)).filter(({ name }) => what !== 'delete' || name.startsWith('d'))
    const chosen = found.slice(random.below(found.length + 1)).slice(0, 1 + random.below(3))
    if (chosen.length === 0) return
    const uids = chosen.map(({ uid }) => uid).join(',')
    if (what === 'copy') for (const { name } of chosen) more(census, name)
    if (what === 'move') await hands.command(`UID MOVE ${uids} "${target}"`)
    else if (what === 'copy') await hands.command(`UID COPY ${uids} "${target}"`)
    else if (what === 'flag')
      await hands.command(`UID STORE ${uids} ${random.pick(['+', '-'])}FLAGS (${random.pick(['\\Seen', '\\Flagged', '\\Answered'])})`)
    else {
      await hands.command(`UID STORE ${uids} +FLAGS (\\Deleted)`)
      if (random.chance(0.6)) await hands.command(`UID EXPUNGE ${uids}`)
    }
  }
}

/** Postrider, killed and started again until it has done as many things. Returns what it complained of. */
async function postrider(
  folder: string,
  { random, census }: { readonly random: SeededRandom; readonly census: Census },
): Promise<readonly string[]> {
  const complaints: string[] = []
  for (let done = 0, lives = 0; done < count; lives++) {
    const script = fileURLToPath(new URL('support/one-of-two-clients.ts', import.meta.url))
    const args = [script, folder, lab.user('alice').password, String(seed * 1000 + lives), String(count - done)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const dies = random.chance(0.7) ? 20 + random.below(60) : Number.POSITIVE_INFINITY
    let acts = 0
    let rest = ''
    child.stdout.on('data', (data) => {
      const lines = (rest + String(data)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line === 'act' && ++acts === dies) child.kill('SIGKILL')
        if (line.startsWith('copied ')) for (const name of line.split(' ').slice(1)) more(census, name)
        if (line.startsWith('bug ')) complaints.push(line)
      }
    })
    await once(child, 'close')
    done += Math.max(1, acts)
  }
  return complaints
}

/** Until nothing waits and a look at everything changes nothing any more. */
async function quiet(me: TestEngine): Promise<void> {
  const { store, work } = me.engine.parts
  const [account] = store.accounts.list()
  if (!account) throw new Error('no account')
  const pass = { account, signal, isForeground: true, progress: silentProgress }
  for (let round = 0; round < 6; round++) {
    if (round > 3) expect(store.operations.listAll()).toEqual([])
    await work.replay(pass).catch((error: unknown) => complain('replay', error))
    await work.downloadFolders(pass)
    for (const folder of store.folders.list())
      if (folder.account === account.id && folder.selectable) await work.refreshFolder(pass, folder)
  }
}

/** A refusal is part of the story: two programs wanted different things. */
function complain(what: string, error: unknown): void {
  if (process.env.POSTRIDER_TWO_CLIENTS_TALK) process.stderr.write(`${what}: ${String(error)}\n`)
}

const flagNames = { answered: '\\Answered', deleted: '\\Deleted', draft: '\\Draft', flagged: '\\Flagged', seen: '\\Seen' } as const

function here(me: TestEngine, folder: Parameters<TestEngine['rows']>[0]): readonly OnServer[] {
  const { store } = me.engine.parts
  const rows = me.rows(folder).map(({ id, subject, flags }) => ({
    uid: store.messages.details(id).uid ?? 0,
    name: subject,
    flags: Object.entries(flagNames).flatMap(([name, onWire]) => (flags[name as keyof typeof flagNames] ? onWire : [])),
  }))
  return rows.sort((a, b) => a.uid - b.uid)
}

async function prepare(proxy: CuttingProxy, census: Census): Promise<TestEngine> {
  for (let at = 0; at < lettersAtFirst; at++) {
    const name = `${at % 2 ? 'd' : 'p'}${at}`
    more(census, name)
    lab.deliver('alice', letter(name))
  }
  const me = await startTestEngine()
  await me.addAccount(accountSettings({ protocol: 'imap', user: 'alice', port: proxy.port }), lab.user('alice').password)
  await me.sendAndReceive()
  return me
}

test.skipIf(missing !== undefined)(
  `two programs do ${count} things each in one mailbox, and in the end store and server agree and nothing precious is lost`,
  { timeout: 60_000 + count * 500 },
  async () => {
    const census: Census = new Map()
    const random = seededRandom(seed)
    const proxy = await startCuttingProxy(lab.imap.port)
    const { password } = lab.user('alice')
    const first = await prepare(proxy, census)
    await first.engine.close()

    let isOver = false
    const trouble = (async () => {
      for (; !isOver; await setTimeout(50 + random.below(400))) if (random.chance(0.3)) proxy.breakAll()
    })()
    const [complaints] = await Promise.all([
      postrider(first.folder, { random: seededRandom(seed, 1), census }),
      otherProgram(seededRandom(seed, 2), census),
    ])
    isOver = true
    await trouble

    const me = await startTestEngine(first.folder)
    const { store, passwords } = me.engine.parts
    const [account] = store.accounts.list()
    if (!account) throw new Error('no account')
    await passwords.set(account.id, 'incoming', password, false)
    await me.engine.handlers['settings.set']({ offline: false }, signal)
    await quiet(me)

    const hands = await openHands()
    const names = await folderNames(hands)
    const found = new Map<string, number>()
    const count1 = (name: string) => found.set(name, (found.get(name) ?? 0) + 1)
    expect(
      store.folders
        .list()
        .flatMap((folder) => (folder.account === account.id && folder.selectable ? folder.path : []))
        .filter((path) => !/Public|Shared/.test(path))
        .sort(),
    ).toEqual([...names].sort())
    for (const path of names) {
      const there = await messagesIn(hands, path)
      const folder = store.folders.find(account.id, path)
      expect({ path, rows: folder && here(me, folder.id) }).toEqual({ path, rows: there })
      for (const { name } of there) count1(name)
    }
    for (const { subject } of me.rows(me.local('inbox'))) count1(subject)
    const precious = [...census.keys()].filter((name) => name.startsWith('p') && !unsure.has(name))
    expect(precious.filter((name) => !found.has(name))).toEqual([])
    expect([...found].filter(([name, times]) => times > (census.get(name) ?? 0))).toEqual([])
    expect(complaints).toEqual([])
    await me.close()
    hands.close()
    await proxy.close()
  },
)
