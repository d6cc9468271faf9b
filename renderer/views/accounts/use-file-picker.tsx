import { type ReactNode, useRef } from 'react'

/** The system's file dialog. `input` must be somewhere in the view. */
export function useFilePicker(
  accept: string,
  onChosen: (file: File) => unknown,
): { readonly input: ReactNode; readonly choose: () => void } {
  const element = useRef<HTMLInputElement>(null)
  const input = (
    <input
      ref={element}
      className="visually-hidden"
      type="file"
      accept={accept}
      tabIndex={-1}
      aria-hidden
      onChange={(event) => {
        const [file] = event.target.files ?? []
        if (file) onChosen(file)
        // The same file may be chosen again after it was mended.
        event.target.value = ''
      }}
    />
  )
  return { input, choose: () => element.current?.click() }
}
