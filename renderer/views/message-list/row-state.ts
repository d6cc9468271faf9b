import type { MessageSummary } from '../../../shared/domain/message.ts'
import { mainWords } from '../../text/main.ts'
import type { IconName } from '../../widgets/Icon.tsx'

export interface RowState {
  readonly icon: IconName
  /** Read aloud with the row. */
  readonly label: string
}

/** The glyph left of the name: one per row, the most telling one wins. */
export function rowState(row: MessageSummary): RowState {
  const { flags } = row
  const { rowStates } = mainWords
  if (flags.deleted) return { icon: 'mail-deleted', label: rowStates.deleted }
  if (flags.draft) return { icon: 'mail-draft', label: rowStates.draft }
  if (row.state === 'header-only') {
    return { icon: 'download', label: `${flags.seen ? rowStates.read : rowStates.unread}, ${rowStates.headerOnly}` }
  }
  if (!flags.seen) return { icon: 'mail-unread', label: rowStates.unread }
  if (flags.forwarded) return { icon: 'forward', label: rowStates.forwarded }
  if (flags.answered) return { icon: 'reply', label: rowStates.replied }
  return { icon: 'mail-read', label: rowStates.read }
}

export function rowClass(row: MessageSummary): string {
  const classes = ['message-row']
  if (!row.flags.seen && !row.flags.deleted) classes.push('is-unread')
  if (row.flags.deleted) classes.push('is-deleted')
  return classes.join(' ')
}
