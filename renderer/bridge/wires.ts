import { MailError } from '../../shared/errors/mail-error.ts'
import type { Wire } from '../../shared/contract/wire.ts'

export function portWire(port: MessagePort): Wire {
  const closed: (() => void)[] = []
  // Electron adds a close event to ports; lib.dom does not know it everywhere.
  port.addEventListener('close', () => {
    for (const listener of closed) listener()
  })
  return {
    send: (frame) => port.postMessage(frame),
    onMessage(listener) {
      port.addEventListener('message', (event) => listener(event.data))
      port.start()
    },
    onClose: (listener) => void closed.push(listener),
    close: () => port.close(),
  }
}

/** Resolves once the socket is open. */
export function socketWire(path: string): Promise<Wire> {
  const url = new URL(path, location.origin)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  const wire: Wire = {
    send(frame) {
      // The engine has just gone, and 'close' is about to say so to whoever waits; the browser would only complain.
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    onMessage: (listener) => socket.addEventListener('message', (event) => listener(JSON.parse(String(event.data)))),
    onClose: (listener) => socket.addEventListener('close', listener),
    close: () => socket.close(),
  }
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(wire), { once: true })
    socket.addEventListener('close', () => reject(new MailError('engine-gone', `No connection to ${path}.`)), { once: true })
  })
}
