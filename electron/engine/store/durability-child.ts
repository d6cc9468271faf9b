// Stores messages one after the other and says so after each commit, until somebody kills it.
import { writeSync } from 'node:fs'
import { createLogger } from '../log.ts'
import { systemClock } from '../ports.ts'
import { openStore } from './store.ts'

const [folder = '', seed = ''] = process.argv.slice(2)
const store = openStore({ folder, clock: systemClock, log: createLogger(() => {}) })
const inbox = store.folders.byRole(null, 'inbox')
if (!inbox) throw new Error('no inbox')
const envelope = {
  from: [],
  sender: [],
  replyTo: [],
  to: [],
  cc: [],
  bcc: [],
  sentAt: null,
  messageIdHeader: '',
  inReplyTo: '',
  references: [],
}

for (let number = 0; ; number++) {
  // Every tenth is large enough to become a file.
  const raw = Buffer.from(`Subject: ${seed}-${number}\r\n\r\n`.padEnd(number % 10 === 9 ? 300_000 : 3000, 'x'))
  const body = store.bodies.put(raw)
  const facts = {
    envelope: { ...envelope, subject: `${seed}-${number}` },
    priority: 'normal',
    hasAttachment: false,
    searchText: 'x',
  } as const
  const message = { folder: inbox.id, account: null, facts, flags: {}, size: raw.length, receivedAt: number, body }
  const id = store.transaction(() => store.messages.add(message), 'full')
  writeSync(1, `${id} ${body.hash}\n`)
}
