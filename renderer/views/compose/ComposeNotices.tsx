import { useState } from 'react'
import { useServices } from '../../live/services.tsx'
import { composeText as text } from '../../text/compose.ts'
import { words } from '../../text/widgets.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import { Spinner } from '../../widgets/Spinner.tsx'
import type { Compose, ComposeNotice } from './use-compose.ts'

interface NoticeBarProps {
  readonly notice: ComposeNotice | undefined
  readonly onClose: () => void
}

/** What happened, above the text: an error never covers what was typed. */
export function ComposeNoticeBar({ notice, onClose }: NoticeBarProps) {
  if (!notice) return undefined
  const isError = notice.kind === 'error'
  return (
    <div className={isError ? 'compose-notice compose-notice-error' : 'compose-notice'} role={isError ? 'alert' : 'status'}>
      {isError ? (
        <ErrorReport title={notice.title} error={notice.error} />
      ) : (
        <p>
          <Icon name="info" />
          {notice.text}
        </p>
      )}
      <button type="button" className="icon-button" aria-label={words.close} title={words.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  )
}

export function ComposeQuestions({ compose }: { readonly compose: Compose }) {
  const { question } = compose
  switch (question?.kind) {
    case undefined:
      return undefined
    case 'subject':
      return <SubjectQuestion compose={compose} now={question.now} />
    case 'outbox':
      return <OutboxNote compose={compose} />
    case 'save':
      return (
        <QuestionDialog
          question={text.saveQuestion}
          note={text.saveNote}
          answers={[
            { id: 'yes', label: text.yes },
            { id: 'no', label: text.no },
            { id: 'cancel', label: text.cancel },
          ]}
          onAnswer={(answer) => (answer === 'cancel' ? compose.cancelQuestion() : compose.answerSave(answer))}
          onClose={compose.cancelQuestion}
        />
      )
  }
}

function SubjectQuestion({ compose, now }: { readonly compose: Compose; readonly now: boolean }) {
  const [dontAsk, setDontAsk] = useState(false)
  return (
    <QuestionDialog
      question={text.noSubject}
      note={<Checkbox label={text.dontAsk} checked={dontAsk} onChange={setDontAsk} />}
      answers={[
        { id: 'ok', label: text.ok },
        { id: 'cancel', label: text.cancel },
      ]}
      onAnswer={(answer) => (answer === 'ok' ? compose.answerSubject(now, dontAsk) : compose.cancelQuestion())}
      onClose={compose.cancelQuestion}
    />
  )
}

function OutboxNote({ compose }: { readonly compose: Compose }) {
  const [dontShow, setDontShow] = useState(false)
  return (
    <QuestionDialog
      icon="info"
      question={text.waitsInOutbox}
      note={<Checkbox label={text.dontShow} checked={dontShow} onChange={setDontShow} />}
      answers={[{ id: 'ok', label: text.ok }]}
      onAnswer={() => compose.answerOutbox(dontShow)}
      onClose={() => compose.answerOutbox(dontShow)}
    />
  )
}

/** Where the text is safe by now. */
export function ComposeStatus({ compose }: { readonly compose: Compose }) {
  const { hostInfo } = useServices()
  const { autosave, savedAt, busy } = compose
  const time = (at: number) => new Intl.DateTimeFormat(hostInfo.language || undefined, { timeStyle: 'short' }).format(at)
  const isKeptLater = autosave.keptAt !== undefined && autosave.keptAt > (savedAt ?? 0)
  return (
    <footer className="compose-status" role="status">
      {busy === 'sending' && (
        <>
          <Spinner />
          {text.sending}
        </>
      )}
      {busy !== 'sending' && autosave.hasFailed && (
        <span className="compose-status-problem">
          <Icon name="alert" />
          {text.notKept}
        </span>
      )}
      {busy !== 'sending' && !autosave.hasFailed && isKeptLater && text.keptAt(time(autosave.keptAt))}
      {busy !== 'sending' && !autosave.hasFailed && !isKeptLater && savedAt !== undefined && text.savedAt(time(savedAt))}
    </footer>
  )
}
