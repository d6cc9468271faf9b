import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'
import { mainWords } from '../../text/main.ts'
import { markStates } from '../../text/remote.ts'
import type { IconName } from '../../widgets/Icon.tsx'

export interface RowState {
  readonly icon: IconName
  /** Read aloud with the row. */
  readonly label: string
}

export const markIcons: Readonly<Record<Mark, IconName>> = {
  retrieve: 'mail-download',
  'retrieve-copy': 'mail-copy',
  delete: 'mail-deleted',
}

/** The glyph left of the name: one per row, the most telling one wins. `isOnServer`: its folder is, so that a mark is one for offline. */
export function rowState(row: MessageSummary, isOnServer = false): RowState {
  const { flags } = row
  const { rowStates } = mainWords
  if (flags.deleted) return { icon: 'mail-deleted', label: rowStates.deleted }
  if (flags.draft) return { icon: 'mail-draft', label: rowStates.draft }
  const seen = flags.seen ? rowStates.read : rowStates.unread
  if (row.mark && isOnServer) return { icon: 'mail-download', label: `${seen}, ${rowStates.forOffline}` }
  if (row.mark) return { icon: markIcons[row.mark], label: `${seen}, ${markStates[row.mark]}` }
  if (row.state === 'header-only') return { icon: 'cloud-down', label: `${seen}, ${rowStates.headerOnly}` }
  if (!flags.seen) return { icon: 'mail-unread', label: rowStates.unread }
  if (flags.forwarded) return { icon: 'forward', label: rowStates.forwarded }
  if (flags.answered) return { icon: 'reply', label: rowStates.replied }
  return { icon: 'mail-read', label: rowStates.read }
}

export function rowClass(row: MessageSummary): string {
  const classes = ['message-row']
  if (!row.flags.seen && !row.flags.deleted) classes.push('is-unread')
  if (row.flags.deleted) classes.push('is-deleted')
  if (row.mark) classes.push(row.mark === 'delete' ? 'is-marked-delete' : 'is-marked')
  return classes.join(' ')
}
