import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface CuttableLine {
  readonly port: number
  /** As when the cable is pulled: what is open breaks, and nobody answers. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** A way to a server on this computer that a test can cut. */
export async function startCuttableLine(targetPort: number): Promise<CuttableLine> {
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect({ port: targetPort, host: '127.0.0.1' })
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
      socket.on('error', () => socket.destroy())
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const breakAll = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true
      breakAll()
    },
    mend() {
      isCut = false
    },
    close() {
      breakAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
