// Commands that need no folder: signing in, capabilities, TLS.
import { createHmac, randomUUID } from 'node:crypto'
import { ConnectionEnded } from './imap-reader.ts'
import type { ImapHandler, ImapUser, ServedSession } from './imap-served-session.ts'
import { BadCommand, quoted, textOf, utf8Of } from './imap-syntax.ts'

const refused = 'NO [AUTHENTICATIONFAILED] Authentication failed.'

function capabilityList(session: ServedSession): string {
  const { capabilities, mechanisms, tls } = session.options
  const mustUpgrade = tls?.mode === 'starttls' && !session.isSecure
  const ways = session.user === undefined ? mechanisms.map((name) => `AUTH=${name}`) : []
  const before = mustUpgrade ? ['STARTTLS'] : []
  return [...capabilities, ...before, ...ways].join(' ')
}

const capability: ImapHandler = (session) => {
  session.send(`* CAPABILITY ${capabilityList(session)}`)
  return 'OK Done'
}

const login: ImapHandler = (session, { args }) => signIn(session, utf8Of(args[0]), (user) => user.password === utf8Of(args[1]))

function signIn(session: ServedSession, name: string, isRight: (user: ImapUser) => boolean): string {
  const user = session.options.users.find((candidate) => candidate.user === name)
  if (session.options.faults.refuseLogon || !user || !isRight(user)) return refused
  session.user = user.user
  return `OK [CAPABILITY ${capabilityList(session)}] Welcome`
}

const authenticate: ImapHandler = async (session, { args }) => {
  const mechanism = textOf(args[0]).toUpperCase()
  if (!session.options.mechanisms.includes(mechanism)) return 'NO [CANNOT] Unknown mechanism'
  const ask = async (challenge: string) => {
    session.send(`+ ${Buffer.from(challenge).toString('base64')}`)
    return session.reader.line()
  }
  switch (mechanism) {
    case 'PLAIN': {
      // With SASL-IR (RFC 4959) it comes along with the command.
      const [, name = '', password = ''] = decode(args[1] ? textOf(args[1]) : await ask('')).split('\0')
      return signIn(session, name, (user) => user.password === password)
    }
    case 'LOGIN': {
      const [name, password] = [decode(await ask('User Name\0')), decode(await ask('Password\0'))]
      return signIn(session, name, (user) => user.password === password)
    }
    case 'CRAM-MD5': {
      const challenge = `<${randomUUID()}@localhost>`
      const [, name = '', digest] = /^(.*) (.*)$/.exec(decode(await ask(challenge))) ?? []
      return signIn(session, name, (user) => createHmac('md5', user.password).update(challenge).digest('hex') === digest)
    }
    default:
      throw new BadCommand('Unknown mechanism')
  }
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString()
}

const startTls: ImapHandler = (session) => {
  if (session.options.tls?.mode !== 'starttls' || session.isSecure) return 'BAD Not now'
  return 'OK Begin TLS now'
}

const id: ImapHandler = (session) => {
  session.send('* ID ("name" "Postrider practice")')
  return 'OK Done'
}

const enable: ImapHandler = (session, { args }) => {
  const names = args.map((arg) => textOf(arg).toUpperCase()).filter((name) => session.has(name))
  for (const name of names) session.enabled.add(name)
  session.send(`* ENABLED ${names.join(' ')}`.trimEnd())
  return 'OK Done'
}

const namespace: ImapHandler = (session) => {
  const { namespacePrefix, store } = session.options
  session.send(`* NAMESPACE ((${quoted(namespacePrefix)} ${store.delimiter === null ? 'NIL' : quoted(store.delimiter)})) NIL NIL`)
  return 'OK Done'
}

const idle: ImapHandler = async (session) => {
  session.send('+ Waiting')
  const tell = () => {
    try {
      session.send(...(session.selected?.news({ mayExpunge: true }) ?? []))
    } catch (error) {
      // Whoever changed the folder has no part in this connection's end; its reader learns of it.
      if (!(error instanceof ConnectionEnded)) throw error
    }
  }
  const stop = session.options.store.onChange(tell)
  try {
    tell()
    return (await session.reader.line()).toUpperCase() === 'DONE' ? 'OK Done' : 'BAD Expected DONE'
  } finally {
    stop()
  }
}

const logout: ImapHandler = (session) => {
  session.send('* BYE See you')
  return 'OK Done'
}

const noop: ImapHandler = () => 'OK Done'

/** Allowed before signing in. */
export const openCommands: Readonly<Record<string, ImapHandler>> = {
  CAPABILITY: capability,
  LOGIN: login,
  AUTHENTICATE: authenticate,
  STARTTLS: startTls,
  ID: id,
  NOOP: noop,
  LOGOUT: logout,
}

export const accountCommands: Readonly<Record<string, ImapHandler>> = { ENABLE: enable, NAMESPACE: namespace, IDLE: idle }
