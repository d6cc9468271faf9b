import type { OAuthProvider, OAuthSettings } from '../../../shared/domain/oauth.ts'
import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import { logonText } from '../../text/logon.ts'
import { oauthText as text } from '../../text/oauth.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { words } from '../../text/widgets.ts'
import { BrowserSignIn } from './BrowserSignIn.tsx'
import type { SignInQuestion } from './use-browser-sign-in.ts'
import '../logon/logon.css'

interface SignInDialogProps {
  readonly server: string
  readonly accountName: string
  /** Why the user is asked; undefined: the user has asked for it. */
  readonly reason?: ErrorInfo | undefined
  readonly question: SignInQuestion
  readonly providers: readonly OAuthProvider[]
  readonly onSettings: (oauth: OAuthSettings) => void
  readonly onSignedIn: () => void
  readonly onClose: () => void
}

/** The sign-in of one account, in place of the prompt for a password. */
export function SignInDialog({ server, accountName, reason, onClose, ...panel }: SignInDialogProps) {
  const why = reason && errorText(reason)
  return (
    <Dialog
      title={text.dialogTitle(server)}
      open
      isAlert={reason !== undefined}
      width={32}
      onClose={onClose}
      footer={<Button onClick={onClose}>{reason ? text.cancel : text.close}</Button>}
    >
      <div className="logon">
        {why && (
          <div className="logon-head">
            <Icon name="key" className="logon-sign" />
            <div>
              <p>{why.why}</p>
              <p className="logon-reason">
                {why.what} <span className="selectable">{words.code(why.spoken)}</span>
              </p>
              {reason.detail.reply && <p className="logon-reply selectable">{logonText.reply(reason.detail.reply)}</p>}
            </div>
          </div>
        )}
        <dl className="logon-facts selectable">
          <dt>{logonText.server}</dt>
          <dd>{server}</dd>
          <dt>{logonText.account}</dt>
          <dd>
            {accountName} ({panel.question.user})
          </dd>
        </dl>
        <BrowserSignIn {...panel} isPrimary />
      </div>
    </Dialog>
  )
}
