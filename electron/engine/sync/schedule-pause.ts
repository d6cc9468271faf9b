import type { ErrorCode } from '../../../shared/errors/mail-error.ts'

const minute = 60_000

/** Nothing of this is the account's fault: it goes away with the network's trouble. */
export function isNetworkTrouble(code: ErrorCode): boolean {
  return code === 'host-not-found' || code === 'connection-refused' || code === 'connection-lost' || code === 'timed-out'
}

/**
 * How long, in ms, checks that nobody asked for leave an account alone after so many failures in a row.
 * Servers lock accounts after a few refused passwords within minutes, so after a refusal hours go by.
 */
export function pauseAfter(code: ErrorCode, failures: number): number {
  switch (code) {
    case 'sign-in-refused':
    case 'sign-in-expired':
    case 'permission-denied':
      return Math.min(24, 4 ** (failures - 1)) * 60 * minute
    case 'server-busy':
    case 'mailbox-locked':
      // POP3 servers count visits that come too soon, even refused ones (RFC 2449, LOGIN-DELAY).
      return Math.min(60, 10 * 2 ** (failures - 1)) * minute
    // Nothing was asked of a server.
    case 'offline':
    case 'cancelled':
    case 'sign-in-missing':
      return 0
    default:
      return failures < 3 ? 0 : Math.min(60, 2 ** (failures - 2)) * minute
  }
}
