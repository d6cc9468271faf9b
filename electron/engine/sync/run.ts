import type { Account } from '../../../shared/domain/account.ts'
import type { RunId } from '../../../shared/domain/ids.ts'
import type { RunProgress, RunTask, TaskState } from '../../../shared/domain/run.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { ReceiveProgress } from './progress.ts'

/** Progress is told at most this often; the end of a task at once. */
const everyMs = 100

export interface RunOptions {
  readonly id: RunId
  readonly isForeground: boolean
  readonly tell: (progress: RunProgress) => void
}

/** One Send and Receive: its tasks and what is told about them. */
export class Run {
  readonly id: RunId
  readonly isForeground: boolean
  readonly #tell: (progress: RunProgress) => void
  readonly #abort = new AbortController()
  readonly #tasks: RunTask[] = []
  #received = 0
  #sent = 0
  #isFinished = false
  #timer: NodeJS.Timeout | undefined

  constructor({ id, isForeground, tell }: RunOptions) {
    this.id = id
    this.isForeground = isForeground
    this.#tell = tell
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get isFinished(): boolean {
    return this.#isFinished
  }

  stop(): void {
    this.#abort.abort()
  }

  progress(): RunProgress {
    return {
      run: this.id,
      isForeground: this.isForeground,
      isFinished: this.#isFinished,
      received: this.#received,
      sent: this.#sent,
      tasks: [...this.#tasks],
    }
  }

  addTask(account: Account, kind: RunTask['kind']): number {
    const text = kind === 'receive' ? `Check for new messages on '${account.name}'.` : `Send messages using '${account.name}'.`
    this.#tasks.push({
      account: account.id,
      accountName: account.name,
      kind,
      state: 'pending',
      text,
      done: 0,
      total: 0,
      bytesDone: 0,
      bytesTotal: 0,
      notes: [],
      error: null,
    })
    return this.#tasks.length - 1
  }

  /** Runs one task to its end. Its failure is part of the report and does not hold up the other tasks. */
  async perform(index: number, work: (progress: ReceiveProgress) => Promise<void>): Promise<void> {
    if (this.signal.aborted) return this.#settle(index, 'cancelled', undefined)
    this.#change(index, { state: 'executing' })
    try {
      await work(this.#progressOf(index))
      this.#settle(index, 'completed', undefined)
    } catch (error) {
      this.#settle(index, this.signal.aborted ? 'cancelled' : 'failed', error)
    }
  }

  finish(): void {
    this.#isFinished = true
    this.#flush()
  }

  #settle(index: number, state: TaskState, error: unknown): void {
    this.#change(index, { state, error: state === 'failed' ? toErrorInfo(error) : null })
    this.#flush()
  }

  #progressOf(index: number): ReceiveProgress {
    return {
      say: (text) => this.#change(index, { text }),
      expect: (messages, bytes) => {
        const task = this.#tasks[index]
        if (task) this.#change(index, { total: task.total + messages, bytesTotal: task.bytesTotal + bytes })
      },
      note: (text) => {
        const task = this.#tasks[index]
        if (task && !task.notes.includes(text)) this.#change(index, { notes: [...task.notes, text] })
      },
      got: (messages, bytes) => {
        const task = this.#tasks[index]
        if (!task) return
        if (task.kind === 'receive') this.#received += messages
        else this.#sent += messages
        this.#change(index, { done: task.done + messages, bytesDone: task.bytesDone + bytes })
      },
    }
  }

  #change(index: number, change: Partial<RunTask>): void {
    const task = this.#tasks[index]
    if (!task) return
    this.#tasks[index] = { ...task, ...change }
    this.#timer ??= setTimeout(() => this.#flush(), everyMs)
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#tell(this.progress())
  }
}
