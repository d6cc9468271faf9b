import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { words } from '../text/widgets.ts'
import { Icon } from './Icon.tsx'
import { useMovable } from './movable.ts'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly open: boolean
  /** Escape, the close box, or Cancel in the footer. */
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons, right-aligned. Enter presses the one of kind `primary`. */
  readonly footer?: ReactNode
  /** In rem. */
  readonly width?: number
  /** In rem; without it the content decides. */
  readonly height?: number
  readonly resizable?: boolean
  /** Questions and errors: read aloud at once. */
  readonly isAlert?: boolean
  /** Leaves the window behind it in use, and the focus where it is. */
  readonly isModeless?: boolean
}

/** A dialog, modal unless told otherwise, with a title bar to move it by. The focus starts in the field marked `autoFocus`, else the first one. */
export function Dialog(props: DialogProps) {
  const { title, open, onClose, children, footer, width = 30, height, resizable, isAlert, isModeless = false } = props
  const popup = useRef<HTMLDivElement>(null)
  const bar = useMovable(popup)
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()} modal={!isModeless} disablePointerDismissal>
      <BaseDialog.Portal>
        {!isModeless && <BaseDialog.Backdrop className="dialog-shade" />}
        <BaseDialog.Popup
          ref={popup}
          className={['dialog', resizable && 'dialog-resizable', isModeless && 'dialog-modeless'].filter(Boolean).join(' ')}
          role={isAlert ? 'alertdialog' : 'dialog'}
          style={{ inlineSize: `${width}rem`, blockSize: height ? `${height}rem` : undefined }}
          initialFocus={isModeless ? false : () => firstFocus(popup.current)}
          onKeyDown={(event) => pressDefault(event, popup.current)}
        >
          <header className="dialog-bar" {...bar}>
            <BaseDialog.Title className="dialog-title">{title}</BaseDialog.Title>
          </header>
          <div className="dialog-body">{children}</div>
          {footer && <footer className="dialog-footer">{footer}</footer>}
          {/* Last in the order of Tab, though drawn in the title bar. */}
          <BaseDialog.Close className="icon-button dialog-close" aria-label={words.close} title={words.close}>
            <Icon name="close" />
          </BaseDialog.Close>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

function firstFocus(popup: HTMLElement | null): HTMLElement | null {
  const field = '.dialog-body :is(input, select, textarea, [tabindex="0"]):not(:disabled)'
  return (
    popup?.querySelector<HTMLElement>('[data-autofocus]') ??
    popup?.querySelector<HTMLElement>(field) ??
    popup?.querySelector<HTMLElement>('.button-primary:not(:disabled), .dialog-footer button:not(:disabled)') ??
    popup
  )
}

/** Enter presses the default button, unless the focused control has a use of its own for it. */
function pressDefault(event: KeyboardEvent, popup: HTMLElement | null): void {
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return
  const target = event.target as HTMLElement
  if (!popup?.contains(target) || target.closest('button, a, textarea, summary, [role="grid"], [role="tree"]')) return
  const primary = popup.querySelector<HTMLButtonElement>('.button-primary:not(:disabled)')
  if (!primary) return
  event.preventDefault()
  primary.click()
}
