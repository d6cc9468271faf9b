/** The page and message content have different origins, so that neither can read what belongs to the other. */
export const pageOrigin = 'app://mail'
export const contentOrigin = 'app://content'

// Not URL.origin: Node's URL gives 'null' for a scheme of our own, in Electron's main process too.
const isAt = (url: string, host: string): boolean => {
  const parsed = URL.parse(url)
  return parsed?.protocol === 'app:' && parsed.host === host
}

export const isPage = (url: string): boolean => isAt(url, 'mail')
export const isContent = (url: string): boolean => isAt(url, 'content')
