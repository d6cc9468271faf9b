import type { DoctorSide, DoctorStep, DoctorStepName } from '../../../shared/doctor/doctor.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import type { MailError } from '../../../shared/errors/mail-error.ts'
import type { CheckedServer } from './doctor-patient.ts'

/** Where a check stopped, and why. */
export class StepFailure extends Error {
  readonly side: DoctorSide
  readonly step: DoctorStepName
  readonly error: MailError

  constructor(side: DoctorSide, step: DoctorStepName, error: MailError) {
    super(error.message, { cause: error })
    this.name = 'StepFailure'
    this.side = side
    this.step = step
    this.error = error
  }
}

export interface StepWork {
  readonly server: CheckedServer
  readonly name: DoctorStepName
  /** Any failure as ours, with the facts of the server. */
  readonly translate: (error: unknown) => MailError
}

/** The table of steps, told again with each change. */
export class DoctorSteps {
  readonly #steps = new Map<string, DoctorStep>()
  readonly #tell: (step: DoctorStep) => void

  /** `hasTest`: with a test message at the end. */
  constructor(servers: readonly CheckedServer[], tell: (step: DoctorStep) => void, hasTest = false) {
    this.#tell = tell
    for (const server of servers) {
      for (const name of stepsOf(server, hasTest)) this.#set({ side: server.side, name, state: 'waiting', text: '', ms: null })
    }
  }

  get all(): readonly DoctorStep[] {
    return [...this.#steps.values()]
  }

  /** Runs one step; `work` gives its result and the line that says it. Throws StepFailure. */
  async run<T>({ server, name, translate }: StepWork, work: () => Promise<readonly [T, string]>): Promise<T> {
    const { side } = server
    const started = performance.now()
    this.#set({ side, name, state: 'running', text: '', ms: null })
    try {
      const [result, text] = await work()
      this.#set({ side, name, state: 'passed', text, ms: performance.now() - started })
      return result
    } catch (error) {
      const failure = translate(error)
      this.#set({ side, name, state: 'failed', text: errorText(failure).why, ms: performance.now() - started })
      throw new StepFailure(side, name, failure)
    }
  }

  /** What must be done before a step that comes later: only its failure is told, as that step's. Throws StepFailure. */
  async prepare<T>(step: StepWork, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      return this.run<T>(step, () => Promise.reject(error))
    }
  }

  skip(side: DoctorSide, name: DoctorStepName, text: string): void {
    this.#set({ side, name, state: 'skipped', text, ms: null })
  }

  #set(step: DoctorStep): void {
    this.#steps.set(`${step.side} ${step.name}`, step)
    this.#tell(step)
  }
}

/** In the order in which they happen: with STARTTLS the server greets before the line is secured. */
function stepsOf({ side, security }: CheckedServer, hasTest: boolean): readonly DoctorStepName[] {
  const opening: readonly DoctorStepName[] =
    security === 'starttls' ? ['find', 'connect', 'greeting', 'secure'] : ['find', 'connect', 'secure', 'greeting']
  const own: readonly DoctorStepName[] = side === 'incoming' ? ['mailbox', 'find-test'] : ['send-test']
  return [...opening, 'abilities', 'log-on', ...own.filter((name) => hasTest || name === 'mailbox')]
}
