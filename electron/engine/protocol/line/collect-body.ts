import type { BodySink } from './line-connection.ts'

/** A sink that keeps the whole body. */
export function collectBody(): { readonly sink: BodySink; readonly body: () => Buffer } {
  const pieces: Buffer[] = []
  return {
    sink: (piece) => {
      pieces.push(piece)
    },
    body: () => Buffer.concat(pieces),
  }
}
