import { MailError } from '../../../shared/errors/mail-error.ts'

/** The signal aborts with `timed-out` when the time is up, or with what `outer` is aborted with. */
export async function withTimeLimit<T>(ms: number, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new MailError('timed-out', 'The server did not answer in time.')), ms)
  try {
    return await work(AbortSignal.any([controller.signal, outer]))
  } finally {
    clearTimeout(timer)
  }
}

/** `work`, or the end of the time, whichever comes first: for work that can't be stopped. */
export async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    return await Promise.race([work, ended])
  } finally {
    signal.removeEventListener('abort', onAbort)
    ended.catch(() => {})
    // What could not be stopped may still fail, and nobody waits for it.
    work.catch(() => {})
  }
}
