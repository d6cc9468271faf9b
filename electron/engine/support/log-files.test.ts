import { readFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { defaultSettings } from '../../../shared/domain/settings.ts'
import { silentLogger } from '../log.ts'
import { temporaryFolder } from '../store/test-store.ts'
import { LogFiles } from './log-files.ts'
import { ProtocolLog } from './protocol-log.ts'

const account = 3 as AccountId
const now = new Date(2026, 10, 21, 17, 24, 46)

function world(largest?: number) {
  const dataFolder = temporaryFolder()
  const files = new LogFiles({ dataFolder, log: silentLogger, ...(largest !== undefined && { largest }) })
  const log = new ProtocolLog({ now: () => now.getTime() }, files)
  return { files, log, path: (name: string) => join(dataFolder, 'logs', name) }
}

test('nothing is written until a box is ticked, and then only that protocol', async () => {
  const { files, log, path } = world()
  log.tracer(account, 'POP3')('C: STAT')
  await files.flush()
  expect(existsSync(path('Pop3.log'))).toBe(false)
  files.follow({ ...defaultSettings, logPop3: true })
  log.tracer(account, 'POP3')('C: STAT')
  log.tracer(account, 'SMTP')('C: EHLO here')
  await files.flush()
  expect(readFileSync(path('Pop3.log'), 'utf8')).toBe('POP3: 17:24:46 [db] new connection of account 3\nPOP3: 17:24:46 [tx] STAT\n')
  expect(existsSync(path('Smtp.log'))).toBe(false)
})

test('passwords are out of the lines before they reach the file', async () => {
  const { files, log, path } = world()
  files.follow({ ...defaultSettings, logImap: true })
  const trace = log.tracer(account, 'IMAP')
  trace('C: A1 LOGIN "jane" "secret"')
  trace('S: A1 OK welcome')
  await files.flush()
  const text = readFileSync(path('Imap.log'), 'utf8')
  expect(text).toContain('[tx] A1 LOGIN ***\n')
  expect(text).toContain('[rx] A1 OK welcome\n')
  expect(text).not.toContain('secret')
})

test('a file that has become large makes room for a new one, once', async () => {
  const { files, log, path } = world(2000)
  files.follow({ ...defaultSettings, logSmtp: true })
  const trace = log.tracer(account, 'SMTP')
  for (let round = 0; round < 10; round++) {
    for (let line = 0; line < 20; line++) trace(`S: 250 line ${round} ${line}`)
    await files.flush()
  }
  expect(statSync(path('Smtp.log')).size).toBeLessThan(4000)
  expect(statSync(path('Smtp.old.log')).size).toBeLessThan(4000)
  expect(readFileSync(path('Smtp.log'), 'utf8')).toContain('250 line 9 19')
})
