import { Fragment, type MouseEvent, useMemo } from 'react'
import { useServices } from '../../live/services.tsx'
import { type Piece, textBlocks } from './plain-text.ts'

/** The text of a message: links to click, quotations in colour by their depth. */
export function PlainText({ text }: { readonly text: string }) {
  const blocks = useMemo(() => textBlocks(text), [text])
  return (
    <div className="plain-text selectable">
      {blocks.map((block, index) => {
        const lines = block.lines.map((pieces, line) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines of a text have nothing but their place
          <Fragment key={line}>
            {pieces.map((piece, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- as above
              <PieceView key={at} piece={piece} />
            ))}
            {/* A line end after the last line is not seen, but without it an empty last line would not be either. */}
            {'\n'}
          </Fragment>
        ))
        return block.depth === 0 ? (
          // oxlint-disable-next-line react/no-array-index-key -- as above
          <div key={index}>{lines}</div>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- as above
          <blockquote
            key={index}
            className={`quote quote-${((block.depth - 1) % 3) + 1}`}
            style={{ marginInlineStart: `${(block.depth - 1) * 0.75}rem` }}
          >
            {lines}
          </blockquote>
        )
      })}
    </div>
  )
}

function PieceView({ piece }: { readonly piece: Piece }) {
  const { host, hostInfo } = useServices()
  if (piece.kind === 'text') return <>{piece.text}</>
  const open = (event: MouseEvent) => {
    // In a browser the link is its own business; the desktop has a program for it.
    if (hostInfo.kind !== 'electron') return
    event.preventDefault()
    void host.call('host.openLink', { url: piece.url }).catch(() => undefined)
  }
  return (
    <a href={piece.url} target="_blank" rel="noopener noreferrer" title={piece.url} onClick={open}>
      {piece.text}
    </a>
  )
}
