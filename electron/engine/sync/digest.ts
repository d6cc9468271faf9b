import type { MessageFacts } from '../message-facts.ts'
import { arrivedAt } from '../mime/arrived-at.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { packBody, type PackedBody } from '../store/packed-body.ts'
import { headerHash, headerOf } from './pop3-header.ts'

/** All that takes time about a message that has arrived whole, and needs nothing but its bytes. */
export interface Digest {
  readonly body: PackedBody
  readonly facts: MessageFacts
  /** See `arrivedAt`. */
  readonly receivedAt: number
  readonly headerHash: string
}

/** Pure. */
export function digestOf(raw: Buffer, now: number): Digest {
  return { body: packBody(raw), ...readingOf(raw, now) }
}

/** The same of the beginning of a large message, whose bytes are in the store already. Pure. */
export function readingOf(start: Buffer, now: number): Omit<Digest, 'body'> {
  const mime = parseMessage(start)
  return { facts: messageFacts(mime), receivedAt: arrivedAt(mime, now), headerHash: headerHash(headerOf(start)) }
}
