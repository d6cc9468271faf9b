import { createHash } from 'node:crypto'

/** The header of a whole message, as TOP n 0 would give it. */
export function headerOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n')
  return end < 0 ? raw : raw.subarray(0, end + 4)
}

/** What a message is known by when its UIDL is not to be relied on (P5). Servers change Status and X-UIDL; the rest stays. */
export function headerHash(header: Buffer): string {
  const stable = header
    .toString('latin1')
    .replace(/^(?:Status|X-Status|X-UIDL):.*\r?\n(?:[ \t].*\r?\n)*/gim, '')
    .trimEnd()
  return createHash('sha256').update(stable, 'latin1').digest('hex')
}

/** P5: the name of a message on a server without UIDL. */
export function fingerprint(hash: string, size: number): string {
  return `header-sha256:${hash}-${size}`
}
