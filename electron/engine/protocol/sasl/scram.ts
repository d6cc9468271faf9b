// SCRAM (RFC 5802, RFC 7677): the password never travels, and the server has to prove that it knows it too.
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { SaslCredentials, SaslStep } from './sasl-step.ts'

type Hash = 'sha1' | 'sha256'

/** Fewer rounds make the password easy to guess for whoever listens; many more would only keep this computer busy. */
const rounds = { least: 4096, most: 1_000_000 } as const

/** `nonce` is for tests alone. */
export function scram(hash: Hash, { user, password }: SaslCredentials, nonce = randomBytes(18).toString('base64')): SaslStep {
  const clientFirst = `n=${saslPrep(user).replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`
  let serverSignature: Buffer | undefined
  let isProved = false
  let turn = 0

  const answerSalt = (challenge: string): Buffer => {
    const { combinedNonce, salt, iterations } = readServerFirst(challenge, nonce)
    const salted = pbkdf2Sync(saslPrep(password), salt, iterations, hash === 'sha1' ? 20 : 32, hash)
    const withoutProof = `c=biws,r=${combinedNonce}`
    const signed = `${clientFirst},${challenge},${withoutProof}`
    const clientKey = hmac(hash, salted, 'Client Key')
    const proof = xor(clientKey, hmac(hash, createHash(hash).update(clientKey).digest(), signed))
    serverSignature = hmac(hash, hmac(hash, salted, 'Server Key'), signed)
    return Buffer.from(`${withoutProof},p=${proof.toString('base64')}`)
  }

  const checkSignature = (challenge: string): Buffer => {
    const shown = Buffer.from(fieldsOf(challenge).get('v') ?? '', 'base64')
    if (!serverSignature || shown.length !== serverSignature.length || !timingSafeEqual(shown, serverSignature)) {
      // "e=invalid-proof" and the like are the server's no; anything else is a server that does not know the password.
      if (fieldsOf(challenge).has('e')) throw new MailError('sign-in-refused', 'The server refused the proof.', { reply: challenge })
      throw new MailError('server-misbehaved', "The server's signature is wrong.")
    }
    isProved = true
    return Buffer.alloc(0)
  }

  const step = (challenge: Buffer): Buffer => {
    turn++
    if (turn === 1) return Buffer.from(`n,,${clientFirst}`)
    if (turn === 2) return answerSalt(challenge.toString())
    if (turn === 3) return checkSignature(challenge.toString())
    throw new MailError('server-misbehaved', 'The server asked for more than the log-on has.')
  }
  const finish = () => {
    if (!isProved) throw new MailError('server-misbehaved', 'The server said yes without having proved that it knows the password.')
  }
  return Object.assign(step, { finish })
}

function readServerFirst(challenge: string, nonce: string): { combinedNonce: string; salt: Buffer; iterations: number } {
  const fields = fieldsOf(challenge)
  const combinedNonce = fields.get('r') ?? ''
  const salt = Buffer.from(fields.get('s') ?? '', 'base64')
  const iterations = Number(fields.get('i'))
  if (fields.has('m')) throw new MailError('unsupported', 'The server asks for an extension of SCRAM.')
  const isNonceGood = combinedNonce.startsWith(nonce) && combinedNonce.length > nonce.length
  const areRoundsGood = Number.isInteger(iterations) && iterations >= rounds.least && iterations <= rounds.most
  if (!isNonceGood || salt.length === 0 || !areRoundsGood) {
    throw new MailError('server-misbehaved', "The server's part of the log-on makes no sense.")
  }
  return { combinedNonce, salt, iterations }
}

function fieldsOf(message: string): ReadonlyMap<string, string> {
  return new Map(message.split(',').map((field) => [field.slice(0, 1), field.slice(2)]))
}

function hmac(hash: Hash, key: Buffer, text: string): Buffer {
  return createHmac(hash, key).update(text).digest()
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)))
}

/** The mappings of SASLprep (RFC 4013). What it forbids is left to the server, who may have allowed it when the password was set. */
function saslPrep(text: string): string {
  return text
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ')
    .replace(/\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g, '')
    .normalize('NFKC')
}
