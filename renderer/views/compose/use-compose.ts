import { useEffect, useReducer, useState } from 'react'
import { toErrorInfo, type ErrorInfo } from '../../../shared/errors/mail-error.ts'
import { recipientProblem, type RecipientProblem } from '../../../shared/mail/recipient-check.ts'
import { isQuiet, keepQuiet, type QuietNotice } from '../../cache/quiet-notices.ts'
import { useServices } from '../../live/services.tsx'
import { useSettings } from '../../live/use-live.ts'
import { composeText as text } from '../../text/compose.ts'
import { composeReducer, isUnsaved, isUploading, startCompose } from './compose-state.ts'
import { useAutosave } from './use-autosave.ts'
import type { ComposeStart } from './use-compose-start.ts'
import { useUploads } from './use-uploads.ts'

export type ComposeNotice =
  | { readonly kind: 'info'; readonly text: string }
  | { readonly kind: 'error'; readonly title: string; readonly error: ErrorInfo }

/** What the window is asking: `subject` before it sends, `outbox` after it has queued, `save` before it closes. */
export type ComposeQuestion = { readonly kind: 'subject'; readonly now: boolean } | { readonly kind: 'outbox' } | { readonly kind: 'save' }

export type ComposeEnding = 'sent' | 'closed'

export type Compose = ReturnType<typeof useCompose>

/** A message being written: its text, and the ways to send, save and leave it. On any failure the text stays. */
export function useCompose(start: ComposeStart, windowId: string) {
  const { engine } = useServices()
  const settings = useSettings()
  const [state, dispatch] = useReducer(composeReducer, start, ({ draft, stored, recoveredFrom }) =>
    startCompose(draft, stored, recoveredFrom !== undefined),
  )
  const uploads = useUploads(dispatch)
  const autosave = useAutosave(windowId, state, start.recoveredFrom)
  const [notice, setNotice] = useState<ComposeNotice | undefined>(
    start.recoveredFrom === undefined ? undefined : { kind: 'info', text: text.recovered.notice },
  )
  const [problem, setProblem] = useState<RecipientProblem | undefined>()
  const [question, setQuestion] = useState<ComposeQuestion | undefined>()
  const [busy, setBusy] = useState<'sending' | 'saving' | undefined>()
  const [savedAt, setSavedAt] = useState<number | undefined>()
  const [ending, setEnding] = useState<ComposeEnding | undefined>()
  const { draft, stored } = state
  const unsaved = isUnsaved(state) && ending === undefined
  useLeaveGuard(unsaved, () => setQuestion({ kind: 'save' }))

  const end = (how: ComposeEnding) => {
    setEnding(how)
    // A window that a person opened by hand stays; it then says that it can be closed.
    window.close()
  }
  const fail = (title: string, error: unknown) => setNotice({ kind: 'error', title, error: toErrorInfo(error) })

  const queue = async (now: boolean) => {
    setBusy('sending')
    setNotice(undefined)
    try {
      const { id, run } = await engine.call('outbox.queue', { id: stored, draft, now })
      dispatch({ type: 'saved', id, draft })
      await autosave.drop()
      if (run === null && !(await isQuiet('compose.waitsInOutbox'))) setQuestion({ kind: 'outbox' })
      else end('sent')
    } catch (error) {
      fail(text.sendFailed, error)
    } finally {
      setBusy(undefined)
    }
  }
  const refusal = (): string | undefined => {
    if (isUploading(state)) return text.stillAdding
    return state.uploads.length > 0 ? text.brokenFiles : undefined
  }
  const send = async (now: boolean) => {
    if (busy !== undefined) return
    const found = recipientProblem(draft)
    setProblem(found)
    if (found?.field === 'bcc') dispatch({ type: 'allHeaders', value: true })
    if (found) return
    const refused = refusal()
    if (refused !== undefined) return setNotice({ kind: 'info', text: refused })
    if (draft.subject.trim() === '' && !(await isQuiet('compose.noSubject'))) return setQuestion({ kind: 'subject', now })
    await queue(now)
  }
  const save = async (): Promise<boolean> => {
    if (busy !== undefined) return false
    setBusy('saving')
    setNotice(undefined)
    try {
      const { id } = await engine.call('drafts.save', { id: stored, draft })
      dispatch({ type: 'saved', id, draft })
      setSavedAt(Date.now())
      await autosave.drop()
      return true
    } catch (error) {
      fail(text.saveFailed, error)
      return false
    } finally {
      setBusy(undefined)
    }
  }
  const leave = async () => {
    await autosave.drop()
    end('closed')
  }
  const close = () => {
    if (busy !== undefined) return
    if (unsaved) setQuestion({ kind: 'save' })
    else void leave()
  }
  const answerSave = async (answer: 'yes' | 'no') => {
    setQuestion(undefined)
    if (answer === 'no') return leave()
    const refused = refusal()
    if (refused !== undefined) return setNotice({ kind: 'info', text: refused })
    if (await save()) await leave()
  }
  const quiet = (which: QuietNotice, isWished: boolean) => {
    // Only a convenience: if it can't be kept, the box is shown once more.
    if (isWished) void keepQuiet(which).catch(() => undefined)
  }
  return {
    state,
    dispatch,
    uploads,
    autosave,
    notice,
    problem,
    question,
    busy,
    savedAt,
    ending,
    send: () => void send(settings?.sendImmediately ?? true),
    sendLater: () => void send(false),
    save: () => void save(),
    close,
    tell: (info: string) => setNotice({ kind: 'info', text: info }),
    forgetNotice: () => setNotice(undefined),
    forgetProblem: () => setProblem(undefined),
    cancelQuestion: () => setQuestion(undefined),
    answerSubject(now: boolean, dontAsk: boolean) {
      quiet('compose.noSubject', dontAsk)
      setQuestion(undefined)
      void queue(now)
    },
    answerOutbox(dontShow: boolean) {
      quiet('compose.waitsInOutbox', dontShow)
      setQuestion(undefined)
      end('sent')
    },
    answerSave: (answer: 'yes' | 'no') => void answerSave(answer),
  }
}

/** The window is about to go with a text that is nowhere else: the system asks, and in the shell we do. */
function useLeaveGuard(isNeeded: boolean, ask: () => void): void {
  useEffect(() => {
    if (!isNeeded) return undefined
    const onLeave = (event: BeforeUnloadEvent) => {
      event.preventDefault()
      ask()
    }
    window.addEventListener('beforeunload', onLeave)
    return () => window.removeEventListener('beforeunload', onLeave)
  })
}
