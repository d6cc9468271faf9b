/** What both hosts promise about the window's page: what it may load, and which files there are. */

/** Where frames with message content come from: the loopback host's own origin, or the shell's second one. */
export type FrameSource = "'self'" | 'app://content'

/** No inline script or style, nothing remote, no plug-ins, and no text that becomes markup (Trusted Types). */
function windowPolicy(frames: FrameSource): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${frames}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

export function windowHeaders(frames: FrameSource): Readonly<Record<string, string>> {
  return {
    'content-security-policy': windowPolicy(frames),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  }
}

/**
 * Headers for message content, on top of the engine's own. Whatever the engine forgot, a document made of mail is
 * sandboxed: on the loopback host it would otherwise share the window's origin. The frame that shows it has an opaque
 * origin, so its pictures are cross-origin requests and must be allowed as such.
 */
export function contentHeaders(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(own)) headers[name.toLowerCase()] = value
  const policy = headers['content-security-policy'] ?? "default-src 'none'"
  return {
    'cache-control': 'no-store',
    ...headers,
    'content-security-policy': /(?:^|;)\s*sandbox\b/.test(policy) ? policy : `${policy}; sandbox`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'cross-origin',
  }
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  json: 'application/json',
}

export const contentType = (path: string): string => types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

/** The name of a file of the page for a URL path, or undefined for one that cannot be meant. */
export function pageFile(urlPath: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return undefined // a broken escape names nothing
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined
  const parts = decoded.split('/').filter(Boolean)
  if (parts.some((part) => part === '..' || part === '.' || part.includes(':'))) return undefined
  return parts.length > 0 ? parts.join('/') : 'index.html'
}
