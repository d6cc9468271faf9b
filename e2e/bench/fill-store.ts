import { silentLogger } from '../../electron/engine/log.ts'
import type { MessageFacts } from '../../electron/engine/message-facts.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { newAccountSettings } from '../../shared/domain/new-account.ts'
import { openStore } from '../../electron/engine/store/store.ts'
import { seededRandom } from '../servers/seeded-random.ts'

const names = ['Anna Dubois', 'Carla Weber', 'Jonas Lindqvist', 'Mei Tanaka', 'Paul Walker', 'Help Desk', 'Rosa Silva', 'Дмитрий Иванов']
const words =
  'meeting budget review server saturday holiday photos invoice contract agenda travel plan update report question answer'.split(' ')

/** A store whose Inbox holds this many messages, ten years of them. Bodies are not there: lists don't read them. */
export function fillStore(folder: string, count: number): void {
  const store = openStore({ folder, clock: systemClock, log: silentLogger })
  const inbox = store.folders.byRole(null, 'inbox')
  if (!inbox) throw new Error('the Inbox is missing')
  // Without an account the window shows its welcome page instead of the list.
  const server = { host: '127.0.0.1', port: 9, security: 'none' } as const
  const answers = { name: 'Bench', address: 'bench@example.org', protocol: 'pop3', user: 'bench', rememberPassword: true } as const
  store.transaction(() => store.accounts.add(newAccountSettings({ ...answers, incoming: server, outgoing: server })))
  const random = seededRandom(count)
  const newest = Date.UTC(2026, 10, 21, 12)
  const step = (10 * 365 * 86_400_000) / count
  for (let from = 0; from < count; from += 5000) {
    const chunk = Array.from({ length: Math.min(5000, count - from) }, (_, index) => {
      const number = from + index
      const at = Math.round(newest - (count - number) * step)
      return {
        folder: inbox.id,
        account: null,
        facts: facts(random.pick(names), `${random.pick(words)} ${random.pick(words)} ${number}`, at),
        flags: { seen: random.chance(0.97), flagged: random.chance(0.01), answered: random.chance(0.1) },
        size: 500 + random.below(80_000),
        receivedAt: at,
        body: null,
      }
    })
    store.transaction(() => store.messages.addMany(chunk))
  }
  store.close()
}

function facts(name: string, subject: string, at: number): MessageFacts {
  const from = [{ name, address: `${name.replaceAll(/\W+/g, '.').toLowerCase()}@example.org` }]
  return {
    envelope: {
      from,
      sender: [],
      replyTo: [],
      to: [{ name: 'Alice Smith', address: 'alice@example.org' }],
      cc: [],
      bcc: [],
      subject,
      sentAt: at,
      messageIdHeader: `<${subject.replaceAll(' ', '.')}@example.org>`,
      inReplyTo: '',
      references: [],
    },
    priority: 'normal',
    hasAttachment: subject.length % 7 === 0,
    searchText: `${subject} ${name}`,
  }
}
