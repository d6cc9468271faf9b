import type { AccountId } from '../../shared/domain/ids.ts'
import { failureOf, mainWords } from '../text/main.ts'
import type { CommandTarget } from './target.ts'

interface RunChoice {
  readonly accounts: readonly AccountId[] | null
  readonly receive: boolean
  readonly send: boolean
}

export function startRun(target: CommandTarget, choice: RunChoice): Promise<void> {
  const accounts = choice.accounts && [...choice.accounts]
  return onceOnline(target, async () => void (await target.engine.call('runs.start', { ...choice, accounts })))
}

/** Offline is a promise not to connect, so the user is asked first; Yes goes online and stays online. */
export async function onceOnline(target: CommandTarget, connect: () => Promise<void>): Promise<void> {
  if (!target.context().isOffline) return connect()
  target.show({
    kind: 'question',
    text: mainWords.goOnlineQuestion,
    whatFailed: failureOf('mail.sendReceive'),
    onYes: () => target.engine.call('settings.set', { offline: false }).then(connect),
  })
}
