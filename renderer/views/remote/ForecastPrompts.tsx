import type { Forecast, ForecastRequest } from '../../../shared/domain/pop3.ts'
import { useServices } from '../../live/services.tsx'
import { useAnswer } from '../../live/use-answer.ts'
import { useForecastRequests } from '../../live/use-requests.ts'
import { forecastText as text } from '../../text/remote.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import './forecast.css'

/** Before anything is deleted on a server for the first time: what will go, and when. One account at a time. */
export function ForecastPrompts() {
  const { open, answered } = useForecastRequests()
  const [first] = open
  if (!first) return undefined
  return <ForecastPrompt key={first.request} request={first} waiting={open.length - 1} onAnswered={() => answered(first.request)} />
}

interface ForecastPromptProps {
  readonly request: ForecastRequest
  readonly waiting: number
  readonly onAnswered: () => void
}

function ForecastPrompt({ request: { request, forecast }, waiting, onAnswered }: ForecastPromptProps) {
  const { engine } = useServices()
  const send = (accept: boolean) => engine.call('forecast.answer', { request, accept })
  const { isBusy, error, answer } = useAnswer(send, onAnswered)
  return (
    <Dialog
      title={text.title(forecast.accountName)}
      open
      isAlert
      width={34}
      onClose={() => answer(false)}
      footer={
        <>
          <Button disabled={isBusy} onClick={() => answer(true)}>
            {text.yes}
          </Button>
          {/* It may come while somebody types: what can't be undone must not lie under Enter. */}
          <Button kind="primary" autoFocus disabled={isBusy} onClick={() => answer(false)}>
            {text.no}
          </Button>
        </>
      }
    >
      {/* With large text it scrolls, which keys must be able to do as well. */}
      <div className="forecast" role="group" aria-label={text.table} tabIndex={0}>
        <Icon name="alert" className="forecast-sign" />
        <div>
          <p className="forecast-question">{text.question(forecast.deleteNow, forecast.accountName)}</p>
          <ForecastTable forecast={forecast} />
          <p>{text.ifYes}</p>
          <p>{text.ifNo}</p>
          <p className="forecast-note">{text.why}</p>
          {waiting > 0 && <p className="forecast-note">{text.more(waiting)}</p>}
          {error && <ErrorReport title={text.failed} error={error} />}
        </div>
      </div>
    </Dialog>
  )
}

function ForecastTable({ forecast }: { readonly forecast: Forecast }) {
  const { deleteLater, never } = forecast
  const lines = [
    { label: text.onServer, amount: text.amount(forecast.serverMessages, forecast.serverBytes) },
    { label: text.fresh, amount: text.amount(forecast.newMessages, forecast.newBytes) },
    { label: text.now, amount: text.amount(forecast.deleteNow, forecast.deleteNowBytes), isDeletion: true },
    ...(deleteLater ? [{ label: text.later(deleteLater), amount: text.amount(deleteLater.count) }] : []),
    { label: text.never, amount: text.amount(never) },
  ]
  return (
    <dl className="forecast-table selectable">
      {lines.map(({ label, amount, isDeletion }) => (
        <div key={label} className={isDeletion ? 'forecast-deletion' : undefined}>
          <dt>{label}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
    </dl>
  )
}
