/** Schemes that a click may open. */
const linkSchemes = new Set(['http:', 'https:', 'mailto:', 'tel:'])
const maxLink = 8192
/** Raster pictures only: SVG can carry script. */
const dataPicture = /^data:image\/(?:png|gif|jpeg|jpg|webp);base64,[A-Za-z0-9+/=%\s]*$/i

/** Where a picture comes from; `remote` must not be fetched without consent. */
export type PictureSource =
  | { readonly kind: 'part'; readonly contentId: string }
  | { readonly kind: 'data'; readonly url: string }
  | { readonly kind: 'remote'; readonly url: string }

/** An address that may stand in a link, rewritten as browsers understand it; undefined for all others. */
export function safeLink(value: string): string | undefined {
  const url = parseUrl(value)
  return url && linkSchemes.has(url.protocol) && url.href.length <= maxLink ? url.href : undefined
}

export function pictureSource(value: string): PictureSource | undefined {
  const text = trimmed(value)
  if (/^cid:/i.test(text)) return { kind: 'part', contentId: percentDecoded(text.slice(4)) }
  if (/^data:/i.test(text)) return dataPicture.test(text) ? { kind: 'data', url: text.replace(/\s+/g, '') } : undefined
  const url = parseUrl(value)
  const isRemote = url && (url.protocol === 'http:' || url.protocol === 'https:') && url.href.length <= maxLink
  return isRemote ? { kind: 'remote', url: url.href } : undefined
}

/** The URL standard's own reading decides about the scheme, so that control characters and entities hide nothing. */
function parseUrl(value: string): URL | undefined {
  const text = trimmed(value)
  if (text === '' || text.length > maxLink * 2) return undefined
  // Mail has no address of its own that a relative one could belong to.
  return URL.parse(/^[\\/]{2}/.test(text) ? `https:${text}` : text) ?? undefined
}

/** White space and control characters around an address, and line breaks inside, mean nothing to browsers. */
function trimmed(value: string): string {
  // oxlint-disable-next-line no-control-regex -- the URL standard strips exactly these
  return value
    .replace(/[\t\n\r]/g, '')
    .replace(/^[\u0000-\u0020]+/, '')
    .trimEnd()
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray percent sign: the id is meant as it stands.
    return text
  }
}
