import { Field, type FieldProps } from './Field.tsx'

interface SliderProps extends FieldProps {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
  /** Words at both ends: Short, Long. */
  readonly ends: readonly [string, string]
  /** The value in words: "1 minute". */
  readonly valueText: string
  readonly disabled?: boolean | undefined
}

export function Slider({ value, min, max, step = 1, onChange, ends, valueText, disabled, ...field }: SliderProps) {
  return (
    <Field {...field}>
      {(parts) => (
        <div className="slider">
          <span className="slider-ends">{ends[0]}</span>
          <input
            {...parts}
            type="range"
            value={value}
            min={min}
            max={max}
            step={step}
            disabled={disabled}
            aria-valuetext={valueText}
            onChange={(event) => onChange(event.target.valueAsNumber)}
          />
          <span className="slider-ends">{ends[1]}</span>
          <output className="slider-value">{valueText}</output>
        </div>
      )}
    </Field>
  )
}
