import { type DragEvent, useRef, useState } from 'react'

/** Lets files be dropped anywhere in the window. `onFolder`: a folder was among them, which has no bytes of its own. */
export function useFileDrop(onFiles: (files: readonly File[]) => void, onFolder: () => void) {
  const [isOver, setOver] = useState(false)
  // Each child that is entered and left tells so too; only the outermost counts.
  const depth = useRef(0)
  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const leave = () => {
    depth.current = 0
    setOver(false)
  }
  return {
    isOver,
    handlers: {
      onDragEnter(event: DragEvent) {
        if (!carriesFiles(event)) return
        depth.current++
        setOver(true)
      },
      onDragLeave(event: DragEvent) {
        if (carriesFiles(event) && --depth.current <= 0) leave()
      },
      onDragOver(event: DragEvent) {
        if (!carriesFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      },
      onDrop(event: DragEvent) {
        if (!carriesFiles(event)) return
        event.preventDefault()
        leave()
        const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file')
        if (items.some((item) => item.webkitGetAsEntry()?.isDirectory)) onFolder()
        const files = items.filter((item) => !item.webkitGetAsEntry()?.isDirectory).map((item) => item.getAsFile())
        onFiles(files.filter((file) => file !== null))
      },
    },
  }
}
