import { type ReactNode, useState } from 'react'
import type { Settings } from '../../../shared/domain/settings.ts'
import { optionsText as text } from '../../text/options.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { NumberField } from '../../widgets/NumberField.tsx'
import type { OptionsPage } from './options-page.ts'

type Keys<T> = { [K in keyof Settings]: Settings[K] extends T ? (T extends Settings[K] ? K : never) : never }[keyof Settings]

interface OptionBoxProps extends OptionsPage {
  readonly option: Keys<boolean>
  readonly label: string
  readonly hint?: string
}

/** One option that is on or off. */
export function OptionBox({ option, label, hint, options, change, locked }: OptionBoxProps) {
  const isLocked = locked.has(option)
  return (
    <Frame option={option} hint={hint} isLocked={isLocked}>
      <Checkbox label={label} checked={options[option]} disabled={isLocked} onChange={(value) => change({ [option]: value })} />
    </Frame>
  )
}

interface NumberOptionProps extends OptionsPage {
  readonly option: Keys<number | null>
  readonly label: string
  /** What the number is, for those who hear it without the words around it. */
  readonly field: string
  readonly unit: string
  readonly min: number
  readonly max: number
  /** Where the number begins when the box is ticked. */
  readonly first: number
  readonly hint?: string
}

/** A box with a number in its sentence that counts only while the box is ticked; null when it is not. */
export function NumberOption({ option, label, field, unit, min, max, first, hint, options, change, locked }: NumberOptionProps) {
  const value = options[option]
  const [kept, setKept] = useState(value ?? first)
  const isLocked = locked.has(option)
  const changeTo = (number: number) => {
    setKept(number)
    change({ [option]: number })
  }
  return (
    <Frame option={option} hint={hint} isLocked={isLocked}>
      <div className="option-number">
        <Checkbox
          label={label}
          checked={value !== null}
          disabled={isLocked}
          onChange={(isOn) => change({ [option]: isOn ? kept : null })}
        />
        <NumberField
          label={field}
          hideLabel
          value={value ?? kept}
          min={min}
          max={max}
          disabled={isLocked || value === null}
          onChange={changeTo}
        />
        <span>{unit}</span>
      </div>
    </Frame>
  )
}

interface FrameProps {
  readonly option: keyof Settings
  readonly hint: string | undefined
  readonly isLocked: boolean
  readonly children: ReactNode
}

function Frame({ option, hint, isLocked, children }: FrameProps) {
  return (
    <div className="option" id={`option-${option}`}>
      {children}
      {isLocked && (
        <p className="option-hint">
          <Icon name="info" />
          {text.locked}
        </p>
      )}
      {hint && <p className="option-hint">{hint}</p>}
    </div>
  )
}
