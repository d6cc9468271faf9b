import type { LogonRequest } from '../../../shared/domain/run.ts'

export type LogonEvent =
  | { readonly type: 'needed'; readonly requests: readonly LogonRequest[] }
  /** Answered here or in another window. */
  | { readonly type: 'closed'; readonly request: number }

/** Open requests, oldest first; the first one is on screen. */
export function logonQueue(queue: readonly LogonRequest[], event: LogonEvent): readonly LogonRequest[] {
  switch (event.type) {
    case 'needed': {
      const known = new Set(queue.map(({ request }) => request))
      return [...queue, ...event.requests.filter(({ request }) => !known.has(request))]
    }
    case 'closed':
      return queue.filter(({ request }) => request !== event.request)
  }
}
