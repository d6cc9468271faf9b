interface Request {
  readonly request: number
}

export type RequestEvent<R extends Request> =
  | { readonly type: 'needed'; readonly requests: readonly R[] }
  /** Answered here or in another window. */
  | { readonly type: 'closed'; readonly request: number }

/** What the engine asks the user, oldest first; the first one is on screen. */
export function requestQueue<R extends Request>(queue: readonly R[], event: RequestEvent<R>): readonly R[] {
  switch (event.type) {
    case 'needed': {
      const known = new Set(queue.map(({ request }) => request))
      return [...queue, ...event.requests.filter(({ request }) => !known.has(request))]
    }
    case 'closed':
      return queue.filter(({ request }) => request !== event.request)
  }
}
