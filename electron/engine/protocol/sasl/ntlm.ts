// NTLM, which Outlook Express calls Secure Password Authentication (MS-NLMP). Version 2 only: older answers are easily broken.
import { randomBytes } from 'node:crypto'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import {
  type AvPair,
  avIds,
  type NtlmChallenge,
  readChallenge,
  withMic,
  writeAuthenticate,
  writeNegotiate,
  writePairs,
} from './ntlm-messages.ts'
import { splitLogOnName } from './ntlm-name.ts'
import { fileTime, hmacMd5, ntlmKey, prove } from './ntlm-proof.ts'
import type { SaslCredentials, SaslStep } from './sasl-step.ts'

export interface NtlmOptions {
  /** 16 bytes: MD5 of the TLS channel's binding (MS-NLMP 2.2.2.1), for servers with extended protection. */
  readonly channelBinding?: Buffer
  /** 8 bytes; for tests alone. */
  readonly clientChallenge?: Buffer
  /** Used where the server does not tell its own time, epoch ms; for tests alone. */
  readonly now?: number
}

/** Says that a MIC follows (MS-NLMP 2.2.2.1, MsvAvFlags). */
const micPresent = 2

export function ntlm({ user: logOnName, password }: SaslCredentials, options: NtlmOptions = {}): SaslStep {
  const { clientChallenge = randomBytes(8), now = Date.now() } = options
  const negotiate = writeNegotiate()
  let turn = 0

  const authenticate = (message: Buffer): Buffer => {
    const challenge = readChallenge(message)
    const name = splitLogOnName(logOnName)
    const timestamp = pairOf(challenge, avIds.timestamp)
    const targetInfo = writePairs(timestamp ? protectedInfo(challenge, options) : challenge.targetInfo)
    const { ntResponse, sessionKey } = prove(ntlmKey(name, password), {
      serverChallenge: challenge.serverChallenge,
      clientChallenge,
      timestamp: timestamp ?? fileTime(now),
      targetInfo,
    })
    const answer = writeAuthenticate({ ...name, ntResponse, flags: challenge.flags })
    return timestamp ? withMic(answer, hmacMd5(sessionKey, negotiate, message, answer)) : answer
  }

  const step = (challenge: Buffer): Buffer => {
    // Windows would take those of whoever sits at the computer; we know no others.
    if (password === '') throw new MailError('sign-in-missing', 'There is no password.')
    turn++
    // Some servers put words here: "334 ntlm supported".
    if (turn === 1) return negotiate
    if (turn === 2) return authenticate(challenge)
    throw new MailError('server-misbehaved', 'The server asked for more than the log-on has.')
  }
  const finish = () => {
    if (turn < 2) throw new MailError('server-misbehaved', 'The server said yes without having asked for a proof.')
  }
  return Object.assign(step, { finish })
}

/** A server that tells its time also checks the MIC, which keeps others from changing the messages on their way (MS-NLMP 3.1.5.1.2). */
function protectedInfo(challenge: NtlmChallenge, { channelBinding = Buffer.alloc(16) }: NtlmOptions): readonly AvPair[] {
  const flags = Buffer.alloc(4)
  flags.writeUInt32LE((flagsOf(challenge) | micPresent) >>> 0)
  const ours: readonly AvPair[] = [
    { id: avIds.flags, value: flags },
    { id: avIds.channelBindings, value: channelBinding },
    { id: avIds.targetName, value: Buffer.alloc(0) },
  ]
  return [...challenge.targetInfo.filter(({ id }) => ours.every((pair) => pair.id !== id)), ...ours]
}

function flagsOf(challenge: NtlmChallenge): number {
  const flags = pairOf(challenge, avIds.flags)
  return flags?.length === 4 ? flags.readUInt32LE() : 0
}

function pairOf({ targetInfo }: NtlmChallenge, id: number): Buffer | undefined {
  const value = targetInfo.find((pair) => pair.id === id)?.value
  if (value && id === avIds.timestamp && value.length !== 8) {
    throw new MailError('server-misbehaved', "The server's part of the log-on makes no sense.")
  }
  return value
}
