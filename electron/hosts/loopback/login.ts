import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Who may use the loopback host: whoever was given the address that was printed. The token in it is valid as long as
 * this host runs, so that a second browser can be opened with the same address; the cookie it is traded for is another
 * secret, so that neither can be guessed from the other. Cookies know no ports: the cookie's name holds it.
 */
export interface Login {
  readonly path: string
  /** The Set-Cookie value for the right token. */
  accept(token: string | null): string | undefined
  isLoggedIn(request: IncomingMessage): boolean
}

export function createLogin(port: number): Login {
  const token = secret()
  const cookie = secret()
  const name = `postrider-${port}`
  return {
    path: `/login?token=${token}`,
    accept: (given) => (isSame(given ?? '', token) ? `${name}=${cookie}; HttpOnly; SameSite=Strict; Path=/` : undefined),
    isLoggedIn: (request) => cookies(request).some(([key, value]) => key === name && isSame(value, cookie)),
  }
}

const secret = () => randomBytes(32).toString('base64url')

function cookies(request: IncomingMessage): readonly (readonly [string, string])[] {
  return (request.headers.cookie ?? '').split(';').map((pair) => {
    const [key = '', value = ''] = pair.trim().split('=')
    return [key, value] as const
  })
}

function isSame(given: string, expected: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}
