/** Moves frames: a MessagePort, a WebSocket, or a pair in memory. Frames survive both JSON and structured clone. */
export interface Wire {
  send(frame: unknown): void
  onMessage(listener: (frame: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** Two joined wires in one process. Frames are copied as JSON, so that a test sees what a real wire would carry. */
export function wirePair(): readonly [Wire, Wire] {
  const sides = [side(), side()] as const
  const join = (own: Side, other: Side): Wire => ({
    send: (frame) => {
      const copy = JSON.stringify(frame)
      queueMicrotask(() => {
        if (!own.isClosed) for (const listener of other.messages) listener(JSON.parse(copy))
      })
    },
    onMessage: (listener) => void own.messages.push(listener),
    onClose: (listener) => void own.closes.push(listener),
    close: () => {
      for (const each of sides) {
        if (each.isClosed) continue
        each.isClosed = true
        for (const listener of each.closes) listener()
      }
    },
  })
  return [join(sides[0], sides[1]), join(sides[1], sides[0])]
}

interface Side {
  readonly messages: ((frame: unknown) => void)[]
  readonly closes: (() => void)[]
  isClosed: boolean
}

const side = (): Side => ({ messages: [], closes: [], isClosed: false })
