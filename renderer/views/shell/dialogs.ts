import type { CommandTarget, DialogRequest } from '../../commands/target.ts'
import { type Observable, observable } from '../../live/observable.ts'

export interface DialogOwner extends Pick<CommandTarget, 'show'> {
  readonly dialog: Observable<DialogRequest | null>
  closeDialog(): void
}

/** One dialog at a time, as commands ask for them. */
export function createDialogs(): DialogOwner {
  const dialog = observable<DialogRequest | null>(null)
  return { dialog, show: (request) => dialog.set(request), closeDialog: () => dialog.set(null) }
}
