import { type Dispatch, useEffect, useRef } from 'react'
import { findText as text } from '../../text/find.ts'
import { Button } from '../../widgets/Button.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { Spinner } from '../../widgets/Spinner.tsx'
import type { WizardOrigin, WizardStart } from './wizard-start.ts'
import type { WizardEvent } from './wizard-state.ts'
import './wizard-start.css'

interface WayChoiceProps {
  readonly start: WizardStart
  readonly dispatch: Dispatch<WizardEvent>
  readonly onChooseFile: () => void
}

/** How the servers become known: found, from a file, or typed. */
export function WayChoice({ start, dispatch, onChooseFile }: WayChoiceProps) {
  return (
    <>
      <RadioGroup
        label={text.way}
        value={start.way}
        options={[
          { value: 'find', label: text.ways.find },
          { value: 'preset', label: text.ways.preset },
          { value: 'hand', label: text.ways.hand },
        ]}
        onChange={(value) => dispatch({ type: 'way', value })}
      />
      {start.way === 'preset' && (
        <div className="wizard-file">
          <div className="wizard-file-line">
            <span>{text.fileLabel}</span>
            <output className={start.file ? 'wizard-file-name' : 'wizard-file-none'}>{start.file?.name ?? text.noFile}</output>
            <Button onClick={onChooseFile}>{text.choose}</Button>
          </div>
          <p className="field-hint">{text.fileKinds}</p>
        </div>
      )}
    </>
  )
}

/** While settings are looked for. Stop looking has the focus: Enter and Space stop. */
export function Searching({ address, onStop }: { readonly address: string; readonly onStop: () => void }) {
  const stop = useRef<HTMLButtonElement>(null)
  useEffect(() => stop.current?.focus(), [])
  return (
    <div className="wizard-searching">
      <div role="status" className="wizard-searching-text">
        <Spinner />
        <p>{text.searching(address.slice(address.lastIndexOf('@') + 1))}</p>
      </div>
      <p className="field-hint">{text.searchingNote}</p>
      <Button ref={stop} onClick={onStop}>
        {text.stop}
      </Button>
    </div>
  )
}

interface OriginNoteProps {
  readonly origin: WizardOrigin
  readonly hasTrust: boolean
}

/** Above the servers: where they are from, or why the fields are empty. */
export function OriginNote({ origin, hasTrust }: OriginNoteProps) {
  const isEmpty = origin.kind === 'nothing'
  const isUnsure = isEmpty || origin.kind === 'guess'
  return (
    <div className={isUnsure ? 'wizard-origin wizard-origin-unsure' : 'wizard-origin'} role="status">
      <Icon name={isUnsure ? 'info' : 'success'} />
      <p>
        {isEmpty ? text.nothing[origin.reason](origin.from) : text.origin[origin.kind](origin.from)}{' '}
        {isEmpty ? text.byHand : text.lookFirst} {hasTrust && text.trust}
      </p>
    </div>
  )
}
