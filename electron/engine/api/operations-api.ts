import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { EngineParts } from './parts.ts'

type OperationsApi = Pick<
  EngineHandlers,
  | 'folders.setShown'
  | 'folders.create'
  | 'folders.rename'
  | 'folders.move'
  | 'folders.delete'
  | 'folders.purge'
  | 'messages.move'
  | 'messages.copy'
  | 'operations.list'
  | 'operations.retry'
  | 'operations.undo'
>

export function operationsApi(_parts: EngineParts): OperationsApi {
  const missing = () => {
    throw new MailError('bug', 'Not built yet.')
  }
  return {
    'folders.setShown': missing,
    'folders.create': missing,
    'folders.rename': missing,
    'folders.move': missing,
    'folders.delete': missing,
    'folders.purge': missing,
    'messages.move': missing,
    'messages.copy': missing,
    'operations.list': () => [],
    'operations.retry': missing,
    'operations.undo': missing,
  }
}
