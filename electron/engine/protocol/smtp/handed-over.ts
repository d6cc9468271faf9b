import type { Socket } from 'node:net'
import { Readable } from 'node:stream'

const sliceSize = 64 * 1024

/** The message as a stream that knows whether the server may have all of it (D3: exactly once). */
export interface Handover {
  readonly stream: Readable
  /** true from the moment the final dot may have left; never false when the server could have seen the dot. */
  isComplete(socket: Socket | undefined): boolean
}

export function handOver(raw: Buffer, onProgress: (sent: number, total: number) => void): Handover {
  let isReadToEnd = false
  function* slices() {
    for (let at = 0; at < raw.length; at += sliceSize) {
      yield raw.subarray(at, at + sliceSize)
      onProgress(Math.min(at + sliceSize, raw.length), raw.length)
    }
    // nodemailer writes the dot once this stream has ended, so from here on it may be on its way.
    isReadToEnd = true
  }
  return {
    // One slice ahead at most: otherwise a short message would count as handed over while waiting for a slow server.
    stream: Readable.from(slices(), { objectMode: true, highWaterMark: 1 }),
    isComplete(socket) {
      // The dot is the last thing written. While a living socket still holds bytes back, the dot is among them,
      // and as the socket is destroyed on every failure it never leaves.
      const isHeldBack = socket !== undefined && !socket.destroyed && socket.writableLength > 0
      return isReadToEnd && !isHeldBack
    },
  }
}
