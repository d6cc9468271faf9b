import { memo, type ReactNode } from 'react'
import type { ColumnKey } from '../../../shared/commands/context.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import { type DateStyle, fullDate, shortDate, sizeText } from '../../text/format.ts'
import { mainWords } from '../../text/main.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { rowClass, rowState } from './row-state.ts'

interface MessageRowProps {
  /** undefined: still on its way. */
  readonly row: MessageSummary | undefined
  readonly index: number
  /** Distance from the top of the list in pixels. */
  readonly top: number
  readonly isSelected: boolean
  readonly isFocused: boolean
  readonly columns: readonly ColumnKey[]
  readonly dates: DateStyle
  readonly accountName: string
  /** Its folder is on an IMAP server. */
  readonly isOnServer: boolean
}

/** One message, one line. Only a row whose own facts changed is drawn again. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, index, top, isSelected, isFocused, columns } = props
  const className = row ? rowClass(row) : 'message-row is-loading'
  const first = columns.find((column) => column === 'from' || column === 'to' || column === 'subject')
  return (
    <div
      id={`row-${index}`}
      role="row"
      className={isFocused ? `${className} is-focused` : className}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-index={index}
      draggable={row !== undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        <span key={column} role="gridcell" className={`cell cell-${column}`} title={row && titleOf(column, row, props.dates)}>
          {row && column === first && <StateIcon row={row} isOnServer={props.isOnServer} />}
          {row && cellOf(column, row, props)}
        </span>
      ))}
    </div>
  )
})

function StateIcon({ row, isOnServer }: { readonly row: MessageSummary; readonly isOnServer: boolean }) {
  const { icon, label } = rowState(row, isOnServer)
  return <Icon name={icon} label={label} className="row-icon" />
}

function cellOf(column: ColumnKey, row: MessageSummary, { dates, accountName }: MessageRowProps): ReactNode {
  const { rowStates } = mainWords
  switch (column) {
    case 'priority':
      if (row.priority === 'normal') return null
      return row.priority === 'high' ? (
        <Icon name="important" label={rowStates.high} className="row-high" />
      ) : (
        <Icon name="low-priority" label={rowStates.low} className="row-low" />
      )
    case 'attachment':
      return row.hasAttachment && <Icon name="attach" label={rowStates.attachment} />
    case 'flag':
      return row.flags.flagged && <Icon name="flag-filled" label={rowStates.flagged} className="row-flag" />
    case 'from':
      return <span className="cell-text">{row.from || mainWords.noSender}</span>
    case 'to':
      return <span className="cell-text">{row.to || mainWords.noRecipient}</span>
    case 'subject':
      return <span className="cell-text">{row.subject || mainWords.noSubject}</span>
    case 'received':
      return shortDate(row.receivedAt, dates)
    case 'sent':
      return shortDate(row.sentAt, dates)
    case 'size':
      return sizeText(row.size)
    case 'account':
      return <span className="cell-text">{accountName}</span>
  }
}

function titleOf(column: ColumnKey, row: MessageSummary, dates: DateStyle): string | undefined {
  switch (column) {
    case 'from':
      return row.from
    case 'to':
      return row.to
    case 'subject':
      return row.subject
    case 'received':
      return fullDate(row.receivedAt, dates)
    case 'sent':
      return fullDate(row.sentAt, dates)
    default:
      return undefined
  }
}
