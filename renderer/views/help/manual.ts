/** Every page of the manual as text, each loaded when it is opened. The name is that of its file. */
const files = import.meta.glob<string>('../../../docs/manual/*.md', { query: '?raw', import: 'default' })

const nameOf = (path: string) => /([\w-]+)\.md$/.exec(path)?.[1] ?? ''
const loaders = new Map(Object.entries(files).map(([path, load]) => [nameOf(path), load]))

/** undefined: there is no page of that name. */
export async function manualPage(name: string): Promise<string | undefined> {
  return loaders.get(name)?.()
}

export interface ManualLink {
  readonly page: string
  /** The id of a heading on it; '' for its top. */
  readonly at: string
}

/** What a link of the manual means; undefined: it leads out of the program. */
export function manualLink(href: string, page: string): ManualLink | undefined {
  const [file = '', at = ''] = href.split('#')
  if (file === '') return { page, at }
  const name = /^([\w-]+)\.md$/.exec(file)?.[1]
  return name !== undefined && loaders.has(name) ? { page: name, at } : undefined
}
