// oxlint-disable-next-line typescript/triple-slash-reference -- other projects include this file, but not the one beside it
/// <reference path="./css-tree.d.ts" />
// One file instead of 125, which take 40 ms to find and read; and it needs no data files beside it, so that it can be bundled.
import * as css from 'css-tree/dist/csstree.esm'

export interface CssOptions {
  /** The address to use for a picture, or undefined to leave it out. */
  readonly pictureUrl: (url: string) => string | undefined
  readonly idPrefix: string
}

const properties = new RegExp(
  `^(?:${[
    'align-(?:content|items|self)|aspect-ratio|background(?:-.+)?|border(?:-.+)?|bottom|box-(?:shadow|sizing|decoration-break)|break-(?:after|before|inside)',
    'caption-side|clear|color|column(?:s|-.+)|content|cursor|direction|display|empty-cells|flex(?:-.+)?|float|font(?:-.+)?|gap|grid(?:-.+)?',
    'height|hyphens|justify-(?:content|items|self)|left|letter-spacing|line-(?:break|height)|list-style(?:-.+)?|margin(?:-.+)?|max-(?:height|width)|min-(?:height|width)',
    'object-(?:fit|position)|opacity|order|orphans|outline(?:-.+)?|overflow(?:-(?:wrap|x|y))?|padding(?:-.+)?|page-break-(?:after|before|inside)|position|quotes|right|row-gap',
    'tab-size|table-layout|text-.+|top|unicode-bidi|vertical-align|visibility|white-space|widows|width|word-(?:break|spacing|wrap)|writing-mode|z-index',
    '-webkit-text-size-adjust|-ms-text-size-adjust',
  ].join('|')})$`,
)
/** Where an address may stand: as a picture, and nowhere else. */
const pictureProperties = /^(?:background|background-image|list-style|list-style-image)$/
const functions =
  /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color-mix|calc|min|max|clamp|(?:repeating-)?(?:linear|radial|conic)-gradient|minmax|repeat|fit-content|counter|counters)$/
const maxCss = 512 * 1024
const maxZIndex = 1000

/** Cleans the value of a style attribute; '' when nothing is left. */
export function safeStyleAttribute(text: string, options: CssOptions): string {
  return clean(text, 'declarationList', options)
}

/** Cleans the content of a style element. The result holds no `<`, so that it can't end the element it stands in. */
export function safeStyleSheet(text: string, options: CssOptions): string {
  return clean(text, 'stylesheet', options)
}

function clean(text: string, context: 'declarationList' | 'stylesheet', options: CssOptions): string {
  if (text.trim() === '' || text.length > maxCss) return ''
  try {
    // Old mail hides its styles from programs that no longer exist.
    const source = context === 'stylesheet' ? text.replace(/<!--|-->/g, ' ') : text
    const tree = css.parse(source, { context, parseCustomProperty: false, positions: false, onParseError: () => {} })
    if (tree.type === 'StyleSheet') cleanRules(tree.children, options, 0)
    else if (tree.type === 'DeclarationList') cleanDeclarations(tree.children, options)
    else return ''
    return css.generate(tree).replaceAll('<', '\\3c ')
  } catch (error) {
    // Brackets nested by the thousand exhaust the stack of the parser; such a style is no loss.
    if (error instanceof RangeError || error instanceof SyntaxError) return ''
    throw error
  }
}

function cleanRules(rules: css.List<css.CssNode>, options: CssOptions, depth: number): void {
  rules.forEach((rule, item, list) => {
    if (!isSafeRule(rule, options, depth)) list.remove(item)
  })
}

function isSafeRule(rule: css.CssNode, options: CssOptions, depth: number): boolean {
  if (rule.type === 'Rule') {
    if (rule.prelude.type === 'Raw' || !isSafeSelector(rule.prelude, options)) return false
    cleanDeclarations(rule.block.children, options)
    return !rule.block.children.isEmpty
  }
  // Everything else loads something, names something globally, or draws attention: @import, @font-face, @keyframes ...
  const isMedia = rule.type === 'Atrule' && rule.name.toLowerCase() === 'media' && rule.prelude?.type === 'AtrulePrelude'
  if (!isMedia || !rule.block || depth > 4) return false
  cleanRules(rule.block.children, options, depth + 1)
  return !rule.block.children.isEmpty
}

function isSafeSelector(selectors: css.SelectorList, { idPrefix }: CssOptions): boolean {
  let isSafe = true
  css.walk(selectors, (node) => {
    if (node.type === 'IdSelector') node.name = idPrefix + node.name
    else if (node.type === 'Raw') isSafe = false
  })
  return isSafe
}

function cleanDeclarations(declarations: css.List<css.CssNode>, options: CssOptions): void {
  declarations.forEach((node, item, list) => {
    if (node.type !== 'Declaration' || !isSafeDeclaration(node, options)) list.remove(item)
  })
}

function isSafeDeclaration(declaration: css.Declaration, options: CssOptions): boolean {
  const property = declaration.property.toLowerCase()
  if (!properties.test(property) || declaration.value.type === 'Raw') return false
  const words = declaration.value.children.toArray()
  if (property === 'position' && !words.every(isHarmlessPosition)) return false
  if (property === 'z-index' && !words.every((word) => word.type !== 'Number' || Math.abs(Number(word.value)) <= maxZIndex)) return false
  let isSafe = true
  css.walk(declaration.value, (node) => {
    if (node.type === 'Url') {
      const url = pictureProperties.test(property) ? options.pictureUrl(node.value) : undefined
      if (url === undefined) isSafe = false
      else node.value = url
    } else if (node.type === 'Function') isSafe &&= functions.test(node.name.toLowerCase())
    else if (node.type === 'Raw') isSafe = false
  })
  return isSafe
}

/** What is fixed to the window could cover our own words about the message. */
function isHarmlessPosition(word: css.CssNode): boolean {
  return word.type === 'Identifier' && /^(?:static|relative|absolute|inherit|initial)$/.test(css.ident.decode(word.name).toLowerCase())
}
