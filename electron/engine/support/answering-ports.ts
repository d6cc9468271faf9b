import { defaultPorts, type Security } from '../../../shared/domain/account.ts'
import { DoctorSteps } from './doctor-steps.ts'
import { type Probe, probeServer } from './probe-server.ts'
import type { Service } from './doctor-patient.ts'

export interface PortChoice {
  readonly port: number
  readonly security: Security
}

/** Where servers of a kind usually listen, the safest first. */
export type UsualPorts = (service: Service) => readonly PortChoice[]

export const standardPorts: UsualPorts = (service) =>
  (['tls', 'starttls', 'none'] as const).map((security) => ({ port: defaultPorts[service][security], security }))

export interface PortSearch {
  readonly probe: Probe
  readonly usual: UsualPorts
  /** false: the port itself did not answer, so nothing else will on it. */
  readonly isPortOpen: boolean
}

/** Which other ports and kinds of security the server does speak, tried at once. Never less secure than what the account asks for. */
export async function answeringPorts({ probe, usual, isPortOpen }: PortSearch): Promise<readonly PortChoice[]> {
  const { server } = probe
  const same = (['tls', 'starttls'] as const).map((security) => ({ port: server.port, security }))
  const all = [...(isPortOpen ? same : []), ...usual(server.service)]
  const choices = all.filter(
    ({ port, security }, index) =>
      !(port === server.port && (security === server.security || !isPortOpen)) &&
      !(security === 'none' && server.security !== 'none') &&
      all.findIndex((each) => each.port === port && each.security === security) === index,
  )
  const answers = await Promise.all(choices.map((choice) => doesAnswer(probe, choice)))
  const found = choices.filter((_, index) => answers[index])
  // What the user chose comes first if it works somewhere.
  return found.sort((a, b) => Number(b.security === server.security) - Number(a.security === server.security))
}

async function doesAnswer(probe: Probe, choice: PortChoice): Promise<boolean> {
  const server = { ...probe.server, ...choice }
  try {
    await probeServer({ ...probe, server, steps: new DoctorSteps([server], () => {}) })
    return true
  } catch {
    // It does not matter why: this is not the way.
    return false
  }
}
