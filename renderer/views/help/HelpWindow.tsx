import { useEffect, useMemo, useRef, useState } from 'react'
import { useServices } from '../../live/services.tsx'
import { helpText as text } from '../../text/help.ts'
import { Spinner } from '../../widgets/Spinner.tsx'
import { type Block, headingId, parseMarkdown } from './markdown.ts'
import { MarkdownText } from './MarkdownText.tsx'
import { type ManualLink, manualLink, manualPage } from './manual.ts'
import './help.css'

/** The manual in a window of its own: `page` is the name of a page, `at` a heading on it. Nothing is fetched from anywhere. */
export function HelpWindow({ params }: { readonly params: URLSearchParams }) {
  const { host } = useServices()
  const [place, setPlace] = useState<ManualLink>({ page: params.get('page') ?? 'index', at: headingId(params.get('at') ?? '') })
  const blocks = useBlocks(place.page)
  const contents = useBlocks('index')
  const body = useRef<HTMLElement>(null)
  useEffect(() => {
    document.title = text.title
    const onKeyDown = ({ key }: KeyboardEvent) => key === 'Escape' && window.close()
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  useEffect(() => {
    if (!blocks || !body.current) return
    const heading = place.at ? body.current.querySelector<HTMLElement>(`#${CSS.escape(place.at)}`) : null
    for (const other of body.current.querySelectorAll('.help-here')) other.classList.remove('help-here')
    heading?.classList.add('help-here')
    if (!heading) body.current.scrollTop = 0
    heading?.scrollIntoView({ block: 'start' })
    ;(heading ?? body.current).focus({ preventScroll: true })
  }, [blocks, place])
  const follow = (href: string) => {
    const link = manualLink(href, place.page)
    if (link) setPlace(link)
    // The host asks first; a link that it does not open stays where it is.
    else void host.call('host.openLink', { url: href }).catch(() => undefined)
  }
  return (
    <div className="help-window">
      <nav className="help-contents" aria-label={text.contents}>
        {contents && <Contents blocks={contents} page={place.page} onChoose={(page) => setPlace({ page, at: '' })} />}
      </nav>
      <main ref={body} className="help-page selectable" tabIndex={-1} aria-label={text.page}>
        {blocks === undefined && <Spinner label={text.loading} />}
        {blocks === null && <p>{text.missing}</p>}
        {blocks && <MarkdownText blocks={blocks} onLink={follow} />}
      </main>
    </div>
  )
}

interface ContentsProps {
  readonly blocks: readonly Block[]
  readonly page: string
  readonly onChoose: (page: string) => void
}

/** The pages, in the order and with the titles of the manual's own first page. */
function Contents({ blocks, page, onChoose }: ContentsProps) {
  const entries = useMemo(() => {
    const links = blocks
      .flatMap((block) => (block.kind === 'list' ? block.items.flat() : []))
      .flatMap((part) => (part.kind === 'link' ? [{ title: part.text, page: manualLink(part.href, 'index')?.page }] : []))
    return [{ title: text.start, page: 'index' }, ...links.filter((link) => link.page !== undefined)]
  }, [blocks])
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.page}>
          <button
            type="button"
            className="help-entry"
            aria-current={entry.page === page ? 'page' : undefined}
            onClick={() => onChoose(entry.page ?? 'index')}
          >
            {entry.title}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** undefined: not here yet; null: there is no such page. */
function useBlocks(page: string): readonly Block[] | null | undefined {
  const [loaded, setLoaded] = useState<{ readonly page: string; readonly blocks: readonly Block[] | null } | undefined>()
  useEffect(() => {
    let isGone = false
    const keep = (source: string | undefined) => {
      if (!isGone) setLoaded({ page, blocks: source === undefined ? null : parseMarkdown(source) })
    }
    manualPage(page).then(keep, () => keep(undefined))
    return () => {
      isGone = true
    }
  }, [page])
  return loaded?.page === page ? loaded.blocks : undefined
}
