import { useEffect, useRef, useState } from 'react'
import type { LogonRequest } from '../../../shared/domain/run.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts } from '../../live/use-live.ts'
import { useLogonRequests } from '../../live/use-requests.ts'
import { logonText as text } from '../../text/logon.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { SignInPrompt } from '../oauth/SignInPrompt.tsx'
import './logon.css'

/** Asks for passwords that servers want, one at a time. Answered in another window, a question goes away here too. */
export function LogonPrompts() {
  const { open, answered } = useLogonRequests()
  const accounts = useAccounts()
  const [first] = open
  if (!first || !accounts) return undefined
  const account = accounts.find(({ id }) => id === first.account)
  if (account && first.oauth)
    return <SignInPrompt key={first.request} account={account} request={first} onAnswered={() => answered(first.request)} />
  return (
    <LogonPrompt
      key={first.request}
      request={first}
      remembers={account?.[first.direction].rememberPassword ?? false}
      waiting={open.length - 1}
      onAnswered={() => answered(first.request)}
    />
  )
}

interface LogonPromptProps {
  readonly request: LogonRequest
  /** What the account says today: an answer must not change it by the way. */
  readonly remembers: boolean
  readonly waiting: number
  readonly onAnswered: () => void
}

function LogonPrompt({ request, remembers, waiting, onAnswered }: LogonPromptProps) {
  const { hostInfo } = useServices()
  const [user, setUser] = useState(request.user)
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(remembers)
  const field = useRef<HTMLInputElement>(null)
  const answering = useAnswer(request, onAnswered)
  const wasRefused = request.reason === 'refused'
  const canAnswer = user.trim() !== '' && !answering.isBusy
  useEffect(() => field.current?.select(), [])

  return (
    <Dialog
      title={text.title(request.server)}
      open
      isAlert={wasRefused}
      width={28}
      onClose={() => answering.answer(null)}
      footer={
        <>
          <Button kind="primary" disabled={!canAnswer} onClick={() => answering.answer({ user, password, remember })}>
            {text.ok}
          </Button>
          <Button onClick={() => answering.answer(null)}>{text.cancel}</Button>
        </>
      }
    >
      <div className="logon">
        <div className="logon-head">
          <Icon name="key" className="logon-sign" />
          <div>
            <p>{text.prompt}</p>
            <p className={wasRefused ? 'logon-reason logon-refused' : 'logon-reason'}>{wasRefused ? text.refused : text.missing}</p>
            {request.reply !== '' && <p className="logon-reply selectable">{text.reply(request.reply)}</p>}
          </div>
        </div>
        <dl className="logon-facts selectable">
          <dt>{text.server}</dt>
          <dd>
            {request.server} <span className="logon-purpose">({text.purpose[request.direction]})</span>
          </dd>
          <dt>{text.account}</dt>
          <dd>{request.accountName}</dd>
        </dl>
        <TextField
          label={text.user}
          value={user}
          onChange={setUser}
          autoComplete="username"
          maxLength={512}
          autoFocus={request.user === ''}
        />
        <TextField
          ref={field}
          label={text.password}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          maxLength={4096}
          autoFocus={request.user !== ''}
        />
        <div className="logon-remember">
          <Checkbox label={text.remember} checked={remember} onChange={setRemember} />
        </div>
        {remember && hostInfo.secrets === 'memory' && <p className="logon-note">{text.notKept}</p>}
        {waiting > 0 && <p className="logon-note">{text.more(waiting)}</p>}
        {answering.error && <ErrorReport title={text.failed} error={answering.error} />}
      </div>
    </Dialog>
  )
}

type Answer = { readonly user: string; readonly password: string; readonly remember: boolean } | null

function useAnswer({ request }: LogonRequest, onAnswered: () => void) {
  const { engine } = useServices()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo | undefined>()
  const answer = (value: Answer) => {
    setBusy(true)
    setError(undefined)
    engine.call('logon.answer', { request, answer: value }).then(onAnswered, (reason: unknown) => {
      setBusy(false)
      setError(toErrorInfo(reason))
    })
  }
  return { answer, isBusy, error }
}
