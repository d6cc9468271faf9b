import { type ClipboardEvent, useEffect, useRef } from 'react'
import type { ComposeKind } from '../../../shared/domain/draft.ts'
import { useServices } from '../../live/services.tsx'
import { composeText as text } from '../../text/compose.ts'
import { MenuBar } from '../../widgets/MenuBar.tsx'
import { Toolbar } from '../../widgets/Toolbar.tsx'
import { AttachmentLine } from './AttachmentLine.tsx'
import { ComposeHeader } from './ComposeHeader.tsx'
import { useComposeKeys } from './compose-keys.ts'
import { type ComposeCommands, composeMenus, composeTools } from './compose-menus.ts'
import { ComposeNoticeBar, ComposeQuestions, ComposeStatus } from './ComposeNotices.tsx'
import { type EditCommands, useEditCommands } from './edit-commands.ts'
import { type Compose, useCompose } from './use-compose.ts'
import type { ComposeStart } from './use-compose-start.ts'
import { useFileDrop } from './use-file-drop.ts'

interface ComposeEditorProps {
  readonly kind: ComposeKind
  readonly start: ComposeStart
  readonly windowId: string
}

export function ComposeEditor({ kind, start, windowId }: ComposeEditorProps) {
  const { hostInfo } = useServices()
  const compose = useCompose(start, windowId)
  const { state, dispatch, uploads } = compose
  const { draft } = state
  const edit = useEditCommands()
  const picker = useRef<HTMLInputElement>(null)
  const body = useStartingCaret(kind, start)
  const drop = useFileDrop(uploads.add, () => compose.tell(text.noFolders))
  const commands = commandsOf(compose, edit, () => picker.current?.click())
  const isMac = hostInfo.platform === 'mac'
  useComposeKeys(commands, isMac)
  useEffect(() => {
    document.title = draft.subject.trim() || text.newMessage
  }, [draft.subject])

  const pasteFiles = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    // A table copied from a spreadsheet carries a picture of itself beside its text: the text is meant.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    uploads.add(files)
  }
  if (compose.ending) return <p className="compose-waiting">{text.done[compose.ending]}</p>

  const isBusy = compose.busy === 'sending'
  const facts = { priority: draft.priority, showsAllHeaders: state.showsAllHeaders, isBusy, isMac }
  return (
    <div className="compose" {...drop.handlers}>
      {!hostInfo.hasNativeMenu && <MenuBar label={text.menuBar} menus={composeMenus(commands, facts)} />}
      <Toolbar label={text.toolbar} tools={composeTools(commands, facts)} />
      <ComposeNoticeBar notice={compose.notice} onClose={compose.forgetNotice} />
      <main className="compose-main" inert={isBusy}>
        <ComposeHeader compose={compose} />
        <AttachmentLine
          attachments={draft.attachments}
          uploads={state.uploads}
          onRemove={(index) => dispatch({ type: 'attachmentRemoved', index })}
          onDrop={uploads.drop}
        />
        <textarea
          ref={body}
          className="compose-text"
          aria-label={text.message}
          value={draft.text}
          dir="auto"
          spellCheck
          onChange={(event) => dispatch({ type: 'typed', field: 'text', value: event.target.value })}
          onPaste={pasteFiles}
        />
      </main>
      <ComposeStatus compose={compose} />
      <input
        ref={picker}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          uploads.add([...(event.target.files ?? [])])
          // The same file may be chosen again after it was removed.
          event.target.value = ''
        }}
      />
      {drop.isOver && <div className="compose-drop">{text.dropHere}</div>}
      <ComposeQuestions compose={compose} />
    </div>
  )
}

function commandsOf(compose: Compose, edit: EditCommands, attach: () => void): ComposeCommands {
  const { dispatch, state } = compose
  return {
    send: compose.send,
    sendLater: compose.sendLater,
    save: compose.save,
    close: compose.close,
    undo: () => edit.run('undo'),
    redo: () => edit.run('redo'),
    cut: () => edit.run('cut'),
    copy: () => edit.run('copy'),
    paste: () => void edit.paste().catch(() => compose.tell(text.pasteRefused)),
    selectAll: () => edit.run('selectAll'),
    attach,
    toggleAllHeaders: () => dispatch({ type: 'allHeaders', value: !state.showsAllHeaders }),
    setPriority: (value) => dispatch({ type: 'priority', value }),
  }
}

/** A new message starts at To, an answer at the top of its text, a recovered one at the text. */
function useStartingCaret(kind: ComposeKind, { draft }: ComposeStart) {
  const body = useRef<HTMLTextAreaElement>(null)
  const startsInText = kind !== 'forward' && draft.to.trim() !== ''
  useEffect(() => {
    if (!startsInText) return document.getElementById('compose-to')?.querySelector('input')?.focus()
    body.current?.focus()
    body.current?.setSelectionRange(0, 0)
    body.current?.scrollTo(0, 0)
  }, [startsInText])
  return body
}
