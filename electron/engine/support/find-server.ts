import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { within } from './time-limit.ts'

export interface Address {
  readonly address: string
  readonly family: number
}

/** All addresses of a name. Rejects as Node does: ENOTFOUND, EAI_AGAIN. */
export type FindAddresses = (host: string) => Promise<readonly Address[]>

export const systemAddresses: FindAddresses = (host) => lookup(host, { all: true })

export async function findServer(host: string, find: FindAddresses, signal: AbortSignal): Promise<readonly Address[]> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(bare)
  return family === 0 ? within(signal, find(bare)) : [{ address: bare, family }]
}
