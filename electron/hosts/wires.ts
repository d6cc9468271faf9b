import type { MessagePort } from 'node:worker_threads'
import type { RawData, WebSocket } from 'ws'
import type { Wire } from '../../shared/contract/wire.ts'

/** Frames over a port between two threads. */
export function portWire(port: MessagePort): Wire {
  return {
    send: (frame) => port.postMessage(frame),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  }
}

/** Frames over a WebSocket, as JSON text. A peer that sends anything else is cut off. */
export function socketWire(socket: WebSocket): Wire {
  return {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
    },
    onMessage: (listener) => {
      socket.on('message', (data, isBinary) => {
        const frame = isBinary ? undefined : parseFrame(textOf(data))
        if (frame === undefined) socket.close(1003)
        else listener(frame)
      })
    },
    onClose: (listener) => void socket.once('close', listener),
    close: () => socket.close(),
  }
}

/** Copies frames both ways and closes one side with the other. */
export function joinWires(left: Wire, right: Wire): void {
  left.onMessage((frame) => right.send(frame))
  right.onMessage((frame) => left.send(frame))
  left.onClose(() => right.close())
  right.onClose(() => left.close())
}

/** One text message; ws gives it whole or, for a large one, in pieces. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8')
}

function parseFrame(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not JSON: the caller closes the socket
  }
}
