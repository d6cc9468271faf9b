// The connection doctor (A14): follows a connection step by step, stops at the first failure, and says what to do next.
import type { DoctorProblem, DoctorReport, DoctorSide, DoctorStep } from '../../../shared/doctor/doctor.ts'
import { isPinFor } from '../../../shared/domain/certificate.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Route } from '../accounts/routes.ts'
import { answeringPorts, standardPorts, type UsualPorts } from './answering-ports.ts'
import { advise } from './doctor-advice.ts'
import { type CheckedServer, type DoctorPatient, serversOf } from './doctor-patient.ts'
import { DoctorSteps, StepFailure } from './doctor-steps.ts'
import { type FindAddresses, systemAddresses } from './find-server.ts'
import { type Probe, probeServer } from './probe-server.ts'
import { traceGuard } from './trace-guard.ts'
import type { Abilities } from './server-talk.ts'
import { withTimeLimit } from './time-limit.ts'
import { tryMessage, type TestMessageRun } from './test-message.ts'
import { tryLogOn } from './try-log-on.ts'

/** Together under 15 s, whatever a server does. */
const usualBudget = { probeMs: 6_000, logOnMs: 6_500, portsMs: 1_500 }

/** Longer than most mail is on its way, and not longer than somebody likes to wait. */
const usualPatience = { arrivesMs: 30_000, everyMs: 2_000 }

export interface DoctorRun {
  readonly patient: DoctorPatient
  readonly signal: AbortSignal
  readonly onStep: (step: DoctorStep) => void
  /** Also sends a message to the account's own address and looks for it; the user has agreed. */
  readonly sendsTest?: boolean | undefined
  /** For tests. */
  readonly find?: FindAddresses
  readonly usualPorts?: UsualPorts
  readonly budget?: typeof usualBudget
  readonly patience?: TestMessageRun['patience']
}

interface Half {
  readonly probe: Probe
  readonly abilities: Abilities | undefined
  readonly failure: StepFailure | undefined
}

/** Never throws because of a server: what went wrong is in the report. Aborting `signal` throws `cancelled`. */
export async function runDoctor(run: DoctorRun): Promise<DoctorReport> {
  const started = performance.now()
  const { settings } = run.patient
  const servers = serversOf(run.patient)
  const steps = new DoctorSteps(Object.values(servers), run.onStep, run.sendsTest)
  const log: string[] = []
  const halves = await openBoth(run, servers, steps)
  let bad = halves.find(({ failure }) => failure)
  bad ??= await logOnToBoth(run, halves, log)
  if (run.sendsTest) bad ??= await testMessage(run, halves, log)
  run.signal.throwIfAborted()
  const problem = bad ? await diagnose(run, bad) : null
  run.signal.throwIfAborted()
  const heading = ({ host, port, security }: CheckedServer) =>
    `${host}, port ${port}, ${security === 'none' ? 'not secure' : security.toUpperCase()}`
  return {
    account: settings.name,
    servers: { incoming: heading(servers.incoming), outgoing: heading(servers.outgoing) },
    steps: steps.all,
    problem,
    ms: performance.now() - started,
    log,
  }
}

/** Both servers at the same time: until the log-on neither depends on the other. */
function openBoth(run: DoctorRun, servers: Readonly<Record<DoctorSide, CheckedServer>>, steps: DoctorSteps): Promise<readonly Half[]> {
  const { patient, find = systemAddresses, budget = usualBudget } = run
  const { name: accountName } = patient.settings
  const open = (server: CheckedServer): Promise<Half> =>
    withTimeLimit(budget.probeMs, run.signal, async (signal) => {
      const probe: Probe = { server, ...(await routeTo(patient, server)), accountName, find, steps, signal }
      try {
        return { probe, abilities: await probeServer(probe), failure: undefined }
      } catch (error) {
        return { probe, abilities: undefined, failure: asFailure(error) }
      }
    })
  return Promise.all([open(servers.incoming), open(servers.outgoing)])
}

/** Without word of any proxy: straight. */
async function routeTo({ route, settings }: DoctorPatient, { host, port }: CheckedServer): Promise<Route> {
  if (route) return route({ host, port })
  const { certificates, ca } = settings.trust
  const pins = certificates.filter((pin) => isPinFor(pin, host, port)).map(({ fingerprint }) => fingerprint)
  return { trust: { certificates: pins, ca }, proxy: undefined }
}

/** One after the other: a wrong password that both share must not be tried twice, some servers lock the account. */
function logOnToBoth(run: DoctorRun, halves: readonly Half[], log: string[]): Promise<Half | undefined> {
  const { logOnMs } = run.budget ?? usualBudget
  return withTimeLimit(logOnMs, run.signal, async (signal) => {
    for (const half of halves) {
      const { side } = half.probe.server
      const trace = traceGuard((line) => log.push(`${side} ${line}`))
      try {
        await tryLogOn({ ...half.probe, signal, timeoutMs: logOnMs, trace })
      } catch (error) {
        return { ...half, failure: asFailure(error) }
      }
    }
    return undefined
  })
}

async function testMessage(run: DoctorRun, halves: readonly Half[], log: string[]): Promise<Half | undefined> {
  const { patient, budget = usualBudget, patience = usualPatience } = run
  return withTimeLimit(patience.arrivesMs + 3 * budget.logOnMs, run.signal, async (signal) => {
    const attempt = ({ probe }: Half) => ({
      ...{ ...probe, signal, timeoutMs: budget.logOnMs },
      trace: traceGuard((line) => log.push(`${probe.server.side} ${line}`)),
    })
    const [incoming, outgoing] = halves
    if (!incoming || !outgoing) return undefined
    try {
      const { address } = patient.settings.identity
      await tryMessage({ incoming: attempt(incoming), outgoing: attempt(outgoing), address, patience })
      return undefined
    } catch (error) {
      const failure = asFailure(error)
      return { ...(failure.side === 'incoming' ? incoming : outgoing), failure }
    }
  })
}

async function diagnose(run: DoctorRun, { probe, abilities, failure }: Half): Promise<DoctorProblem | null> {
  if (!failure) return null
  const { patient, usualPorts: usual = standardPorts, budget = usualBudget } = run
  const { side, step } = failure
  const error = toErrorInfo(failure.error)
  const isPortOpen = step !== 'connect'
  const answering = isAboutTheWay(failure)
    ? await withTimeLimit(budget.portsMs, run.signal, (signal) => answeringPorts({ probe: { ...probe, signal }, usual, isPortOpen }))
    : []
  const actions = advise({
    ...{ server: probe.server, step, error, answering },
    address: patient.settings.identity.address,
    mechanisms: abilities?.mechanisms,
    account: patient.settings,
  })
  return { side, step, error, actions }
}

/** Whether another port or another kind of security could be the cure. */
function isAboutTheWay({ step, error: { code } }: StepFailure): boolean {
  if (step === 'find') return false
  if (code === 'sign-in-unsupported' || code === 'encryption-unavailable') return true
  const isOpening = step === 'connect' || step === 'secure' || step === 'greeting' || step === 'abilities'
  return isOpening && (code === 'connection-refused' || code === 'timed-out' || code === 'connection-lost' || code === 'server-misbehaved')
}

function asFailure(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error
  throw error
}
