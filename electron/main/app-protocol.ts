import { protocol } from 'electron'
import { toErrorInfo } from '../../shared/errors/mail-error.ts'
import { contentHeaders, windowHeaders } from '../../shared/policy.ts'
import type { Logger } from '../engine/log.ts'
import type { PageFiles } from '../hosts/page-files.ts'
import type { EngineThread } from '../hosts/worker/start-engine.ts'
import { contentOrigin } from './addresses.ts'

const headers = windowHeaders(contentOrigin)

/** Before 'ready'. standard and secure give both origins storage, fetch and a secure context. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

export interface AppSources {
  readonly page: Promise<PageFiles>
  readonly engine: Promise<Pick<EngineThread, 'content'>>
  readonly log: Logger
}

/** app://mail is the built page, app://content/<token>/... is whatever the engine gave out. */
export function serveApp(sources: AppSources): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET') return refusal(405)
    if (url.host === 'content') return contentReply(url, sources)
    const file = url.host === 'mail' ? (await sources.page)(url.pathname) : undefined
    return file ? new Response(file.body, { headers: { ...headers, 'content-type': file.type } }) : refusal(404)
  })
}

async function contentReply(url: URL, { engine, log }: AppSources): Promise<Response> {
  try {
    const reply = await (await engine).content(url.pathname + url.search)
    return new Response(new Uint8Array(reply.body), { status: reply.status, headers: contentHeaders(reply.headers) })
  } catch (error) {
    const { code, message } = toErrorInfo(error)
    log.warn('message content could not be given', { code, message })
    return refusal(500)
  }
}

const refusal = (status: number) => new Response(`${status}`, { status, headers })
