import type { MessagePortMain } from 'electron'
import type { Wire } from '../../shared/contract/wire.ts'

/**
 * Frames over a port of the main process. Such a port cannot be handed to a Node thread, so main copies frames between
 * it and the engine's port (joinWires).
 */
export function mainPortWire(port: MessagePortMain): Wire {
  return {
    send: (frame) => port.postMessage(frame),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data))
      port.start()
    },
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  }
}
