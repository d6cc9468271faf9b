// Commands that need no folder: signing in, capabilities, TLS.
import { ConnectionEnded } from './imap-reader.ts'
import type { ImapHandler, ServedSession } from './imap-served-session.ts'
import { quoted, textOf, utf8Of } from './imap-syntax.ts'
import { signInMechanisms } from './sign-in-mechanisms.ts'

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

/** Sign-ins fail for everybody when the fault says so. */
function passwordOf({ options: { users, faults } }: ServedSession, name: string): string | undefined {
  return faults.refuseLogon ? undefined : users.find(({ user }) => user === name)?.password
}

function welcome(session: ServedSession, user: string): string {
  session.user = user
  return `OK [CAPABILITY ${capabilityList(session)}] Welcome`
}

const login: ImapHandler = (session, { args }) => {
  const name = utf8Of(args[0])
  return passwordOf(session, name) === utf8Of(args[1]) ? welcome(session, name) : refused
}

const authenticate: ImapHandler = async (session, { args }) => {
  const mechanism = textOf(args[0]).toUpperCase()
  const start = session.options.mechanisms.includes(mechanism) ? signInMechanisms[mechanism] : undefined
  if (!start) return 'NO [CANNOT] Unknown mechanism'
  const exchange = start((name) => passwordOf(session, name))
  let said = exchange.next()
  // With SASL-IR (RFC 4959) the first answer comes along with the command.
  if (args[1] && !said.done) said = exchange.next(Buffer.from(textOf(args[1]), 'base64'))
  while (!said.done) {
    session.send(`+ ${said.value.toString('base64')}`)
    const line = await session.reader.line()
    if (line === '*') return 'BAD Cancelled'
    said = exchange.next(Buffer.from(line, 'base64'))
  }
  return said.value === undefined ? refused : welcome(session, said.value)
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
      session.send(...(session.selected?.news({ mayExpunge: true, byUid: session.enabled.has('QRESYNC') }) ?? []))
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
