import { type Dispatch, useEffect, useRef } from 'react'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import type { ComposeEvent } from './compose-state.ts'
import { attachmentName, uploadFile } from './upload-file.ts'

export interface Uploads {
  readonly add: (files: readonly File[]) => void
  /** Stops a file that is on its way, or takes a failed one out of sight. */
  readonly drop: (key: number) => void
}

/** Files on their way into the engine, one after another: a slow link is not made slower by many at once. */
export function useUploads(dispatch: Dispatch<ComposeEvent>): Uploads {
  const { engine } = useServices()
  const running = useRef(new Map<number, AbortController>())
  const queue = useRef(Promise.resolve())
  const nextKey = useRef(1)
  useEffect(() => {
    const all = running.current
    return () => {
      for (const stop of all.values()) stop.abort()
    }
  }, [])

  const upload = async (key: number, file: File, signal: AbortSignal) => {
    if (signal.aborted) return
    try {
      const onMoved = (done: number) => dispatch({ type: 'uploadMoved', key, done })
      dispatch({ type: 'uploadEnded', key, attachment: await uploadFile(engine, file, { onMoved, signal }) })
    } catch (error) {
      if (!signal.aborted) dispatch({ type: 'uploadFailed', key, error: toErrorInfo(error) })
    } finally {
      running.current.delete(key)
    }
  }
  return {
    add(files) {
      for (const file of files) {
        const key = nextKey.current++
        const stop = new AbortController()
        running.current.set(key, stop)
        dispatch({ type: 'uploadStarted', key, name: attachmentName(file.name), size: file.size })
        queue.current = queue.current.then(() => upload(key, file, stop.signal))
      }
    },
    drop(key) {
      running.current.get(key)?.abort()
      dispatch({ type: 'uploadDropped', key })
    },
  }
}
