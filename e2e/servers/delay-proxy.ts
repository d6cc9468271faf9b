import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

export interface DelayProxy {
  readonly port: number
  close(): Promise<void>
}

/** A TCP proxy on loopback that makes the line long: each direction takes `ms` longer. Order is kept, bandwidth is not limited. */
export async function startDelayProxy(targetPort: number, ms: number): Promise<DelayProxy> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (near) => {
    // Half open: the end of one direction must arrive as late as its last bytes.
    const far = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true })
    for (const socket of [near, far]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('close', () => open.delete(socket))
    }
    delay(near, far, ms)
    delay(far, near, ms)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function delay(from: Socket, to: Socket, ms: number): void {
  const waiting: { readonly due: number; readonly chunk: Buffer | null }[] = []
  let timer: NodeJS.Timeout | undefined
  const pump = () => {
    timer = undefined
    // Half a millisecond of grace: timers fire a little early.
    while (waiting[0] && waiting[0].due <= performance.now() + 0.5) {
      const chunk = waiting.shift()?.chunk
      if (chunk) to.write(chunk)
      else to.end()
    }
    if (waiting[0]) timer = setTimeout(pump, Math.max(0, waiting[0].due - performance.now()))
  }
  const add = (chunk: Buffer | null) => {
    waiting.push({ due: performance.now() + ms, chunk })
    timer ??= setTimeout(pump, ms)
  }
  from.on('data', add)
  from.on('end', () => add(null))
  from.on('error', () => to.destroy())
  to.on('close', () => {
    clearTimeout(timer)
    from.destroy()
  })
}
