import { afterEach, expect, test } from 'vitest'
import { imapExtensions } from '../../../../shared/domain/account.ts'
import { allCapabilities } from '../../../practice/imap-server.ts'
import { leftAlone } from './imap-quirks.ts'
import { closeAll, listing, open, startServer } from './imap-test-kit.ts'

afterEach(closeAll)

const server = { host: 'imap.example.org', greeting: 'Dovecot ready', identity: 'Dovecot', has: () => false }

test('every extension that can be switched off has a name in CAPABILITY', () => {
  for (const extension of imapExtensions) expect(leftAlone([extension], server).size, extension).toBeGreaterThan(0)
  expect(leftAlone(['CONDSTORE'], server)).toEqual(new Set(['CONDSTORE', 'QRESYNC']))
})

test('servers that are known to fail at something are spared it, others are not', () => {
  expect(leftAlone([], server)).toEqual(new Set())
  expect(leftAlone([], { ...server, host: 'imap.mail.me.com' })).toEqual(new Set(['QRESYNC']))
  expect(leftAlone([], { ...server, host: 'imap.mail.us-east-1.awsapps.com' })).toEqual(new Set(['QRESYNC']))
  expect(leftAlone([], { ...server, host: 'notmail.me.com.example.org' })).toEqual(new Set())
  expect(leftAlone([], { ...server, has: (name) => name === 'XAPPLELITERAL' })).toEqual(new Set(['QRESYNC']))
})

test('what is switched off is not used, also when the server lists it again', async () => {
  const running = await startServer({ capabilities: [...allCapabilities, 'QRESYNC'] })
  const session = await open(running, { switchedOff: ['QRESYNC', 'UIDPLUS'] })
  const enabled = () => running.commands.filter(({ name }) => name === 'ENABLE').map(({ text }) => text.replace(/^\S+ /, ''))
  expect(enabled()).toEqual(['ENABLE CONDSTORE'])
  running.faults.onCommand = ({ name }, connection) => {
    if (name === 'LIST') connection.send(`* CAPABILITY ${allCapabilities.join(' ')} QRESYNC`)
    return undefined
  }
  await session.listFolders(listing())
  expect([session.capabilities.has('QRESYNC'), session.capabilities.has('UIDPLUS'), session.capabilities.has('MOVE')]).toEqual([
    false,
    false,
    true,
  ])
})

test('UTF-8 is only switched on where the server insists', async () => {
  const namesOf = async (capability: string) => {
    const running = await startServer({ capabilities: [...allCapabilities, 'UTF8=ACCEPT', capability] })
    await open(running)
    return running.commands.find(({ name }) => name === 'ENABLE')?.text.replace(/^\S+ /, '')
  }
  expect(await namesOf('X-OTHER')).toBe('ENABLE CONDSTORE')
  expect(await namesOf('UTF8=ONLY')).toBe('ENABLE CONDSTORE UTF8=ACCEPT')
})
