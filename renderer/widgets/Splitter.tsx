import type { KeyboardEvent, PointerEvent } from 'react'
import './splitter.css'

interface SplitterProps {
  readonly label: string
  /** `columns`: a vertical bar between left and right. */
  readonly between: 'columns' | 'rows'
  /** Size of the pane before it, in rem. */
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
  /** Double click. */
  readonly onReset: () => void
}

/** A border that can be dragged, or moved with the arrow keys. */
export function Splitter({ label, between, value, min, max, onChange, onReset }: SplitterProps) {
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)))

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    const bar = event.currentTarget
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    const sign = between === 'columns' && getComputedStyle(bar).direction === 'rtl' ? -1 : 1
    const at = (moved: { clientX: number; clientY: number }) => (between === 'columns' ? moved.clientX * sign : moved.clientY)
    const start = at(event)
    bar.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent) => set(value + (at(moved) - start) / rem)
    bar.addEventListener('pointermove', move)
    bar.addEventListener('lostpointercapture', () => bar.removeEventListener('pointermove', move), { once: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      [between === 'columns' ? 'ArrowLeft' : 'ArrowUp']: value - 1,
      [between === 'columns' ? 'ArrowRight' : 'ArrowDown']: value + 1,
      Home: min,
      End: max,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    set(next)
  }
  return (
    <div
      className={`splitter splitter-${between}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={between === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(value)}
      aria-valuemin={Math.round(min)}
      aria-valuemax={Math.round(max)}
      onPointerDown={onPointerDown}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
    />
  )
}
