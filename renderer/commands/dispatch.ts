import { type CommandId, isEnabled } from '../../shared/commands/catalog.ts'
import { toErrorInfo } from '../../shared/errors/mail-error.ts'
import { failureOf } from '../text/main.ts'
import { handlers } from './handlers.ts'
import type { CommandTarget } from './target.ts'

/** The one door for menus, toolbars, keys and the native menu. A command that cannot act now does nothing. */
export function dispatch(target: CommandTarget, id: CommandId): void {
  if (!isEnabled(id, target.context())) return
  attempt(target, failureOf(id), () => handlers[id](target))
}

/** Runs work that a person asked for; its failure is told to that person. */
export function attempt(target: CommandTarget, whatFailed: string, work: () => void | Promise<void>): void {
  const fail = (error: unknown) => {
    const info = toErrorInfo(error)
    if (info.code !== 'cancelled') target.show({ kind: 'error', title: whatFailed, error: info })
  }
  try {
    void Promise.resolve(work()).catch(fail)
  } catch (error) {
    fail(error)
  }
}
