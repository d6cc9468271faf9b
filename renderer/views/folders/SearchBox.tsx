import { useEffect, useRef, useState } from 'react'
import type { Folder } from '../../../shared/domain/folder.ts'
import { useObservable } from '../../live/observable.ts'
import { mainWords } from '../../text/main.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { useMain } from '../shell/main-context.tsx'

/** Long enough that a word is not searched letter by letter, short enough to feel immediate. */
const pause = 150

/** Searches the open folder while one types. Esc shows all messages again, Enter and Arrow Down go to what was found. */
export function SearchBox({ folder }: { readonly folder: Folder }) {
  const { state, target } = useMain()
  const search = useObservable(state.search)
  const [text, setText] = useState(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setText(search), [search])

  const change = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => state.setSearch(next), pause)
  }
  const clear = () => {
    clearTimeout(timer.current)
    setText('')
    state.setSearch('')
  }
  const goToList = () => document.querySelector<HTMLElement>('.message-list')?.focus()
  const key = target.hostInfo.platform === 'mac' ? '⌥⌘F' : 'Ctrl+Alt+F'
  return (
    <div className="search-box" role="search">
      <Icon name="search" />
      <input
        data-search
        type="text"
        value={text}
        placeholder={mainWords.find(folder.name, key)}
        aria-label={mainWords.findLabel(folder.name)}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault()
            if (text) clear()
            else goToList()
          } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault()
            clearTimeout(timer.current)
            state.setSearch(text)
            goToList()
          }
        }}
      />
      {text && (
        <button type="button" className="icon-button" aria-label={mainWords.clearSearch} title={mainWords.clearSearch} onClick={clear}>
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}
