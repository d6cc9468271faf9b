import { createServer, type Server } from 'node:net'

/** Ports that nobody uses on any of the hosts. Below the range from which the system takes ports for outgoing connections. */
export async function freePorts(count: number, hosts: readonly string[]): Promise<readonly number[]> {
  const ports: number[] = []
  const held: Server[] = []
  while (ports.length < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const servers = await Promise.all(hosts.map((host) => hold(host, port)))
    held.push(...servers.filter((server) => server !== undefined))
    if (servers.every((server) => server !== undefined)) ports.push(port)
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function hold(host: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ host, port, exclusive: true }, () => resolve(server))
  })
}
