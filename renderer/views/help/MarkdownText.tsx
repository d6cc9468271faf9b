import { Fragment } from 'react'
import type { Block, Inline } from './markdown.ts'

interface MarkdownTextProps {
  readonly blocks: readonly Block[]
  readonly onLink: (href: string) => void
}

/** Texts stand still: their places are good keys. */
export function MarkdownText({ blocks, onLink }: MarkdownTextProps) {
  return blocks.map((block, at) => <BlockOf key={at} block={block} onLink={onLink} />)
}

function BlockOf({ block, onLink }: { readonly block: Block; readonly onLink: MarkdownTextProps['onLink'] }) {
  const text = (parts: readonly Inline[]) => <Words parts={parts} onLink={onLink} />
  switch (block.kind) {
    case 'heading': {
      const Heading = `h${Math.min(block.level, 4)}` as 'h1' | 'h2' | 'h3' | 'h4'
      return (
        <Heading id={block.id} tabIndex={-1}>
          {text(block.text)}
        </Heading>
      )
    }
    case 'paragraph':
      return <p>{text(block.text)}</p>
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((item, at) => (
            <li key={at}>{text(item)}</li>
          ))}
        </List>
      )
    }
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell, at) => (
                <th key={at} scope="col">
                  {text(cell)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column}>{text(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'code':
      return <pre tabIndex={0}>{block.text}</pre>
  }
}

function Words({ parts, onLink }: { readonly parts: readonly Inline[]; readonly onLink: MarkdownTextProps['onLink'] }) {
  return parts.map((part, at) => {
    if (part.kind === 'strong') return <strong key={at}>{part.text}</strong>
    if (part.kind === 'code') return <code key={at}>{part.text}</code>
    if (part.kind === 'link') {
      return (
        <button key={at} type="button" className="help-link" onClick={() => onLink(part.href)}>
          {part.text}
        </button>
      )
    }
    return <Fragment key={at}>{part.text}</Fragment>
  })
}
