// The server's half of signing in. Passwords are known in the clear here: this is a practice server.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { ntlm } from './ntlm-server.ts'
import type { FindPassword, SignInExchange } from './sign-in-exchange.ts'

export const signInMechanisms: Readonly<Record<string, (find: FindPassword) => SignInExchange>> = {
  PLAIN: plain,
  LOGIN: login,
  'CRAM-MD5': cramMd5,
  'SCRAM-SHA-1': (find) => scram('sha1', find),
  'SCRAM-SHA-256': (find) => scram('sha256', find),
  NTLM: (find) => ntlm(find),
  XOAUTH2: bearer,
  OAUTHBEARER: bearer,
}

/** The "password" of a user is then the access token that is good now. A wrong one is told about before it is refused. */
function* bearer(find: FindPassword): SignInExchange {
  // oxlint-disable-next-line no-control-regex -- RFC 7628 puts 0x01 between the fields
  const [, user = '', token] =
    /^(?:user=|n,a=)([^\x01]*?),?\x01(?:.*\x01)?auth=Bearer ([^\x01]*)\x01\x01$/s.exec((yield Buffer.alloc(0)).toString()) ?? []
  if (token !== undefined && find(user) === token) return user
  yield Buffer.from('{"status":"invalid_token","schemes":"bearer"}')
  return undefined
}

export function apopDigest(timestamp: string, password: string): string {
  return createHash('md5')
    .update(timestamp + password)
    .digest('hex')
}

function* plain(find: FindPassword): SignInExchange {
  const [, user = '', password] = (yield Buffer.alloc(0)).toString().split('\0')
  return find(user) === password ? user : undefined
}

function* login(find: FindPassword): SignInExchange {
  const user = (yield Buffer.from('Username:')).toString()
  const password = (yield Buffer.from('Password:')).toString()
  return find(user) === password ? user : undefined
}

function* cramMd5(find: FindPassword): SignInExchange {
  const challenge = Buffer.from(`<${randomBytes(8).toString('hex')}@localhost>`)
  const answer = (yield challenge).toString()
  const user = answer.slice(0, answer.lastIndexOf(' '))
  const password = find(user)
  if (password === undefined) return undefined
  const digest = createHmac('md5', password).update(challenge).digest('hex')
  return answer === `${user} ${digest}` ? user : undefined
}

function* scram(hash: 'sha1' | 'sha256', find: FindPassword): SignInExchange {
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest()
  const clientFirst = (yield Buffer.alloc(0)).toString().replace(/^n,,/, '')
  const [, user = '', clientNonce = ''] = /^n=([^,]*),r=(.*)$/.exec(clientFirst) ?? []
  const name = user.replaceAll('=2C', ',').replaceAll('=3D', '=')
  const salt = randomBytes(16)
  const serverFirst = `r=${clientNonce}${randomBytes(12).toString('hex')},s=${salt.toString('base64')},i=4096`
  const clientFinal = (yield Buffer.from(serverFirst)).toString()
  const [, withoutProof = '', proof] = /^(.*),p=(.*)$/.exec(clientFinal) ?? []
  const salted = pbkdf2Sync(find(name) ?? '', salt, 4096, hash === 'sha1' ? 20 : 32, hash)
  const signed = `${clientFirst},${serverFirst},${withoutProof}`
  const clientKey = hmac(salted, 'Client Key')
  const signature = hmac(createHash(hash).update(clientKey).digest(), signed)
  const expected = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))).toString('base64')
  if (find(name) === undefined || proof !== expected) return undefined
  yield Buffer.from(`v=${hmac(hmac(salted, 'Server Key'), signed).toString('base64')}`)
  return name
}
