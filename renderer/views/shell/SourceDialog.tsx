import { mainWords } from '../../text/main.ts'
import { words } from '../../text/widgets.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import './dialogs.css'

/** The raw message. A frame of another origin without any rights: it is somebody else's text. */
export function SourceDialog({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  return (
    <Dialog
      title={mainWords.messageSource}
      open
      width={56}
      height={40}
      resizable
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose} autoFocus>
          {words.close}
        </Button>
      }
    >
      <iframe className="source-frame" title={mainWords.messageSource} src={url} sandbox="" referrerPolicy="no-referrer" />
    </Dialog>
  )
}
