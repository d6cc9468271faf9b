import type { TLSSocket } from 'node:tls'
import type { DoctorStepName } from '../../../shared/doctor/doctor.ts'
import type { ErrorDetail } from '../../../shared/errors/mail-error.ts'
import { type PeerTrust, stopped, toNetworkError } from '../protocol/connect-tls.ts'
import { type Proxy, proxyName } from '../protocol/proxy.ts'
import { type CheckedServer, protocolOf } from './doctor-patient.ts'
import type { DoctorSteps, StepWork } from './doctor-steps.ts'
import { type Address, type FindAddresses, findServer } from './find-server.ts'
import { ProbeLine } from './probe-line.ts'
import { type Abilities, type ServerTalk, talkOf } from './server-talk.ts'

export interface Probe {
  readonly server: CheckedServer
  readonly trust: PeerTrust
  readonly proxy: Proxy | undefined
  readonly accountName: string
  readonly find: FindAddresses
  readonly steps: DoctorSteps
  readonly signal: AbortSignal
}

/** Everything up to the log-on, step by step, over a connection of its own. No name and no password is sent. Throws StepFailure. */
export async function probeServer(probe: Probe): Promise<Abilities> {
  const { server, steps, proxy, signal } = probe
  const { host, port, security } = server
  if (security === 'none') steps.skip(server.side, 'secure', 'Not asked for: others on the way can read along.')
  const addresses = proxy ? [] : await addressesOf(probe)
  if (proxy) steps.skip(server.side, 'find', 'The proxy looks the name up.')
  const line = await steps.run(at(probe, 'connect'), async () => {
    const opened = await ProbeLine.open({ host, port, addresses, proxy }, signal)
    const where = addresses.length > 1 ? ` at ${opened.remoteAddress}` : ''
    return [opened, `port ${port}${where}${proxy ? ` through the proxy ${proxyName(proxy)}` : ''}`]
  })
  const talk = talkOf[server.service]
  try {
    if (security === 'starttls') await greet(probe, line, talk)
    if (security !== 'none') await secure(probe, line, talk)
    if (security !== 'starttls') await greet(probe, line, talk)
    return await steps.run(at(probe, 'abilities'), async () => {
      const abilities = await talk.abilities(line, signal)
      return [abilities, shortened(abilities.names.join(', ') || 'The server does not say.')]
    })
  } finally {
    line.write(talk.goodbye)
    line.close()
  }
}

function addressesOf(probe: Probe): Promise<readonly Address[]> {
  const { server, find, steps, signal } = probe
  const { host } = server
  return steps.run(at(probe, 'find'), async () => {
    const found = await findServer(host, find, signal)
    const list = found.map(({ address }) => address).join(', ')
    return [found, list === host ? `${host} is an address already` : `${host} is ${list}`]
  })
}

function secure(probe: Probe, line: ProbeLine, talk: ServerTalk): Promise<void> {
  const { server, trust, signal, steps } = probe
  return steps.run(at(probe, 'secure'), async () => {
    if (server.security === 'starttls') await talk.beginTls(line, signal)
    return [undefined, secureText(await line.secure(server.host, trust, signal))]
  })
}

function greet(probe: Probe, line: ProbeLine, talk: ServerTalk): Promise<void> {
  return probe.steps.run(at(probe, 'greeting'), async () => [undefined, shortened(await talk.greeting(line, probe.signal))])
}

/** What `DoctorSteps.run` needs to know of a step. */
export function at({ server, accountName, signal }: Pick<Probe, 'server' | 'accountName' | 'signal'>, name: DoctorStepName): StepWork {
  const { host, port, security, service, user } = server
  const facts: ErrorDetail = { account: accountName, server: host, port, protocol: protocolOf[service], secure: security, user }
  // What is cut off because its time is up reports just that it was stopped.
  const translate = (error: unknown) => toNetworkError(signal.aborted ? stopped(signal) : error, facts)
  return { server, name, translate }
}

function secureText(socket: TLSSocket): string {
  const { subject, issuer, valid_to: validTo } = socket.getPeerCertificate()
  const name = [subject.CN ?? subject.O ?? 'nobody'].flat().join(', ')
  const by = [issuer.O ?? issuer.CN ?? 'nobody'].flat().join(', ')
  const until = new Date(validTo).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const version = (socket.getProtocol() ?? 'TLS').replace('v', ' ')
  const pinned = socket.authorized ? '' : ' (accepted by you)'
  return `${version}, certificate of ${name} by ${by}, valid until ${until}${pinned}`
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
