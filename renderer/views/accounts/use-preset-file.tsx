import { type ReactNode, useRef } from 'react'
import { type ErrorInfo, MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { findText as text } from '../../text/find.ts'
import { toBase64 } from '../compose/upload-file.ts'
import type { PresetFile } from './wizard-start.ts'

const maxBytes = 1024 * 1024

interface PresetFileEvents {
  readonly onOpened: (file: PresetFile) => void
  readonly onFailed: (error: ErrorInfo) => void
}

/** Opens the system's file dialog and lets the engine read what is chosen. `picker` must be somewhere in the view. */
export function usePresetFile({ onOpened, onFailed }: PresetFileEvents): { readonly picker: ReactNode; readonly choose: () => void } {
  const { engine } = useServices()
  const input = useRef<HTMLInputElement>(null)
  const open = async (file: File) => {
    try {
      if (file.size > maxBytes) throw new MailError('bad-input', text.tooLarge)
      const base64 = toBase64(new Uint8Array(await file.arrayBuffer()))
      onOpened({ name: file.name, draft: await engine.call('presets.read', { base64 }) })
    } catch (error) {
      onFailed(toErrorInfo(error))
    }
  }
  const picker = (
    <input
      ref={input}
      className="visually-hidden"
      type="file"
      accept=".json,.xml,.mobileconfig,.iaf"
      tabIndex={-1}
      aria-hidden
      onChange={(event) => {
        const [file] = event.target.files ?? []
        if (file) void open(file)
        // The same file may be chosen again after it was mended.
        event.target.value = ''
      }}
    />
  )
  return { picker, choose: () => input.current?.click() }
}
