import { useState } from 'react'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { useServices } from '../../live/services.tsx'
import { propertiesText as text } from '../../text/accounts.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { NumberField } from '../../widgets/NumberField.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import type { TabProps } from './tab-props.ts'

/** What becomes of mail on a POP3 server. */
export function Delivery({ form, dispatch, account }: TabProps & { readonly account: AccountId }) {
  const { leaveOnServer, removeAfterDays, removeWhenDeleted, headersOnly, maxDownloadKb } = form.settings.pop3
  const change = (part: Partial<typeof form.settings.pop3>) => dispatch({ type: 'pop3', change: part })
  const leaving = useLeaving({ form, dispatch, account })
  return (
    <FormGroup title={text.delivery}>
      <Checkbox label={text.leaveCopy} checked={leaveOnServer} onChange={leaving.wish} />
      <div className="delivery-rest">
        <Limit
          label={text.removeAfter}
          unit={text.days}
          value={removeAfterDays}
          first={5}
          max={100}
          disabled={!leaveOnServer}
          onChange={(value) => change({ removeAfterDays: value })}
        />
        <Checkbox
          label={text.removeWhenDeleted}
          checked={removeWhenDeleted}
          disabled={!leaveOnServer}
          onChange={(value) => change({ removeWhenDeleted: value })}
        />
      </div>
      <Checkbox label={text.headersOnly} checked={headersOnly} onChange={(value) => change({ headersOnly: value })} />
      <p className="properties-note">{text.headersOnlyHint}</p>
      <Limit
        label={text.maxDownload}
        unit={text.kb}
        value={maxDownloadKb}
        first={1024}
        max={1_000_000}
        disabled={headersOnly}
        onChange={(value) => change({ maxDownloadKb: value })}
      />
      <p className="properties-note">{text.maxDownloadHint}</p>
      {leaving.question}
    </FormGroup>
  )
}

interface LimitProps {
  readonly label: string
  readonly unit: string
  /** null: no limit. */
  readonly value: number | null
  /** Where the number begins once there is a limit. */
  readonly first: number
  readonly max: number
  readonly disabled: boolean
  readonly onChange: (value: number | null) => void
}

/** A box with a number behind it that counts only while the box is ticked. */
function Limit({ label, unit, value, first, max, disabled, onChange }: LimitProps) {
  const [kept, setKept] = useState(value ?? first)
  const changeTo = (number: number) => {
    setKept(number)
    onChange(number)
  }
  return (
    <div className="delivery-limit">
      <Checkbox label={label} checked={value !== null} disabled={disabled} onChange={(isOn) => onChange(isOn ? kept : null)} />
      <NumberField
        label={`${label.replace('&', '')}, ${unit}`}
        hideLabel
        value={value ?? kept}
        min={1}
        max={max}
        disabled={disabled || value === null}
        onChange={changeTo}
      />
      <span className="delivery-unit">{unit}</span>
    </div>
  )
}

/** Without a copy on the server what is here already goes there, too: that is asked first, with the number. */
function useLeaving({ form, dispatch, account }: Pick<TabProps, 'form' | 'dispatch'> & { readonly account: AccountId }) {
  const { engine } = useServices()
  const [asked, setAsked] = useState<{ readonly question: string; readonly onServer: string } | null>(null)
  const leave = (leaveOnServer: boolean) => dispatch({ type: 'pop3', change: { leaveOnServer } })
  const stopLeaving = async () => {
    const options = { ...form.settings.pop3, leaveOnServer: false }
    // Without an answer it is asked all the same, only without the number.
    const forecast = await engine.call('pop3.forecastOptions', { id: account, options }).catch(() => null)
    if (forecast?.heldOnServer === 0) leave(false)
    else if (forecast) setAsked({ question: text.deleteQuestion(forecast.heldOnServer), onServer: `${text.onServer(forecast.onServer)} ` })
    else setAsked({ question: text.deleteQuestionUnknown, onServer: '' })
  }
  const answer = (isYes: boolean) => {
    setAsked(null)
    if (isYes) leave(false)
  }
  return {
    wish: (isOn: boolean) => (isOn ? leave(true) : void stopLeaving()),
    question: asked !== null && (
      <QuestionDialog
        question={asked.question}
        note={`${asked.onServer}${text.deleteNote}`}
        icon="alert"
        answers={[
          { id: 'no', label: text.deleteNo },
          { id: 'yes', label: text.deleteYes },
        ]}
        onAnswer={(id) => answer(id === 'yes')}
        onClose={() => answer(false)}
      />
    ),
  }
}
