import type { ReactNode } from 'react'
import { words } from '../text/widgets.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Icon, type IconName } from './Icon.tsx'
import './question-dialog.css'

interface QuestionDialogProps<Answer extends string> {
  readonly question: string
  /** What follows from the answer, in a second sentence. */
  readonly note?: ReactNode
  /** The first one is the default: Enter gives it. */
  readonly answers: readonly { readonly id: Answer; readonly label: string; readonly disabled?: boolean }[]
  readonly onAnswer: (answer: Answer) => void
  /** Escape and the close box: nothing is decided. */
  readonly onClose: () => void
  readonly title?: string
  /** `info`: nothing is asked, something is told. */
  readonly icon?: IconName
}

/** A question with a few answers, as a message box of the system would put it. */
export function QuestionDialog<Answer extends string>(props: QuestionDialogProps<Answer>) {
  const { question, note, answers, onAnswer, onClose, title = words.productName, icon = 'question' } = props
  return (
    <Dialog
      title={title}
      open
      isAlert
      width={26}
      onClose={onClose}
      footer={answers.map(({ id, label, disabled = false }, index) => (
        <Button key={id} kind={index === 0 ? 'primary' : 'plain'} autoFocus={index === 0} disabled={disabled} onClick={() => onAnswer(id)}>
          {label}
        </Button>
      ))}
    >
      <div className="question-box">
        <Icon name={icon} className="question-icon" />
        <div className="question-text">
          <p>{question}</p>
          {note && <div className="question-note">{note}</div>}
        </div>
      </div>
    </Dialog>
  )
}
