import { mainWords } from '../../text/main.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import './question-dialog.css'

interface QuestionDialogProps {
  readonly text: string
  readonly onYes: () => void
  readonly onNo: () => void
}

/** Yes or No, as the original asked. Escape is No. */
export function QuestionDialog({ text, onYes, onNo }: QuestionDialogProps) {
  return (
    <Dialog
      title={mainWords.product}
      open
      isAlert
      width={26}
      onClose={onNo}
      footer={
        <>
          <Button kind="primary" onClick={onYes}>
            {mainWords.yes}
          </Button>
          <Button onClick={onNo}>{mainWords.no}</Button>
        </>
      }
    >
      <div className="question">
        <Icon name="question" />
        <p>{text}</p>
      </div>
    </Dialog>
  )
}
