import { defaultTreeAdapter, parse, type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, type TreeAdapter } from 'parse5'

export type HtmlDocument = DefaultTreeAdapterTypes.Document
export type HtmlElement = DefaultTreeAdapterTypes.Element
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode

/** A newsletter has some thousand elements, and tables in tables reach a depth of about a hundred. */
const maxElements = 200_000
const maxDepth = 500
/** Steps spent on moving nodes about, which HTML's error recovery does at the writer's will. */
const maxMoves = 100_000_000

/**
 * The tree that a browser would build (HTML Living Standard 13.2, scripting off), or undefined when the text
 * is built to make that slow: unclosed formatting elements and misplaced table content multiply in a parser.
 */
export function parseHtml(html: string): HtmlDocument | undefined {
  try {
    return parse(html, { treeAdapter: boundedAdapter(), scriptingEnabled: false })
  } catch (error) {
    if (error instanceof TooComplex) return undefined
    throw error
  }
}

class TooComplex extends Error {}

function boundedAdapter(): TreeAdapter<DefaultTreeAdapterMap> {
  let elements = 0
  let depth = 0
  let moves = 0
  const move = (cost: number) => {
    moves += cost
    if (moves > maxMoves) throw new TooComplex()
  }
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      if (++elements > maxElements) throw new TooComplex()
      return defaultTreeAdapter.createElement(name, namespace, attributes)
    },
    insertBefore(parent, node, reference) {
      // What is misplaced in a table goes in front of it, and the table is the last child: looked for from the end.
      const at = parent.childNodes.lastIndexOf(reference)
      move(parent.childNodes.length - at)
      parent.childNodes.splice(at, 0, node)
      node.parentNode = parent
    },
    insertTextBefore(parent, text, reference) {
      const at = parent.childNodes.lastIndexOf(reference)
      move(parent.childNodes.length - at)
      const before = parent.childNodes[at - 1]
      if (before && defaultTreeAdapter.isTextNode(before)) before.value += text
      else this.insertBefore(parent, defaultTreeAdapter.createTextNode(text), reference)
    },
    detachNode(node) {
      if (node.parentNode) move(node.parentNode.childNodes.length)
      defaultTreeAdapter.detachNode(node)
    },
    adoptAttributes(recipient, attributes) {
      move(recipient.attrs.length)
      defaultTreeAdapter.adoptAttributes(recipient, attributes)
    },
    onItemPush() {
      if (++depth > maxDepth) throw new TooComplex()
    },
    onItemPop() {
      depth--
    },
  }
}
