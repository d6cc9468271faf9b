import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MailError } from '../../../../shared/errors/mail-error.ts'

/** What the browser came back with. It keeps waiting for the page that `answer` shows. */
export interface BroughtBack {
  readonly parameters: URLSearchParams
  answer(outcome: 'signed-in' | 'failed'): void
}

export interface RedirectListener {
  readonly port: number
  /** The first visit that knows the state; others are turned away. Never rejects. */
  readonly broughtBack: Promise<BroughtBack>
  close(): void
}

/** Waits on this computer for the browser to be sent back (RFC 8252 section 7.3). Throws `oauth-port` when that is not possible. */
export async function listenForRedirect(knowsState: (state: string) => boolean): Promise<RedirectListener> {
  const { promise, resolve } = Promise.withResolvers<BroughtBack>()
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '', 'http://127.0.0.1')
    const isVisit = request.method === 'GET' && url?.pathname === '/'
    // Anybody on this computer can knock here, a page in the browser too; only the provider knows the state.
    if (!url || !isVisit || !knowsState(url.searchParams.get('state') ?? '')) return show(response, 404, texts.stranger)
    resolve({
      parameters: url.searchParams,
      answer: (outcome) => show(response, 200, outcome === 'signed-in' ? texts.signedIn : texts.failed),
    })
  })
  const port = await new Promise<number>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port))
  }).catch((error: unknown): never => {
    throw new MailError('oauth-port', 'No port of this computer can be listened to.', { action: 'sign in' }, error)
  })
  server.unref()
  return {
    port,
    broughtBack: promise,
    close: () => {
      server.close()
      server.closeIdleConnections()
    },
  }
}

interface PageText {
  readonly heading: string
  readonly text: string
}

const texts = {
  signedIn: { heading: 'You are signed in', text: 'Postrider has what it needs. You can close this page and go back to Postrider.' },
  failed: { heading: 'You are not signed in', text: 'You can close this page. Postrider tells you why, and what to do next.' },
  stranger: { heading: 'There is nothing here', text: 'This address belongs to a sign-in of Postrider that is over, or not yours.' },
} as const satisfies Record<string, PageText>

const style = `
:root { color-scheme: light dark; font: 16px/24px system-ui, "Segoe UI", sans-serif; }
body { margin: 20vh auto 0; max-width: 32rem; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 2rem; font-weight: 600; margin: 0 0 0.5rem; }
p { margin: 0; }`

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

function show(response: ServerResponse, status: number, { heading, text }: PageText): void {
  response.writeHead(status, headers)
  response.end(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${heading} - Postrider</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>${style}</style></head><body><h1>${heading}</h1><p>${text}</p></body></html>\n`,
  )
}
