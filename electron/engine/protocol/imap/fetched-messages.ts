import { flagsFromServer } from './imap-flags.ts'
import type { BodyStructure, FetchedMessage } from './imap-client.ts'
import type { FetchedSummary } from './imap-types.ts'

/** The header fields that the list, threading and the search index need. */
export const summaryFields: readonly string[] = [
  'From',
  'Sender',
  'Reply-To',
  'To',
  'Cc',
  'Bcc',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'X-Priority',
  'X-MSMail-Priority',
  'Importance',
  'Priority',
  'Content-Type',
  'Content-Disposition',
  'MIME-Version',
]

/**
 * The answers to one FETCH, one per message. Servers may split an answer, and put flag changes of other messages between
 * (RFC 3501 7.4.2).
 */
export function mergeAnswers(answers: readonly FetchedMessage[]): readonly FetchedMessage[] {
  const byUid = new Map<number, FetchedMessage>()
  for (const answer of answers) {
    if (answer.uid) byUid.set(answer.uid, { ...byUid.get(answer.uid), ...answer })
  }
  return [...byUid.values()]
}

/** undefined: only an unasked flag change of another message. */
export function toSummary(answer: FetchedMessage): FetchedSummary | undefined {
  const { uid, flags, size, internalDate, modseq, headers, bodyStructure } = answer
  if (!headers || size === undefined) return undefined
  return {
    uid,
    flags: flagsFromServer(flags ?? []),
    size,
    receivedAt: toEpoch(internalDate),
    modSeq: modseq === undefined ? null : String(modseq),
    header: headers,
    hasAttachment: bodyStructure !== undefined && hasAttachment(bodyStructure),
  }
}

/** 0 where the server's date makes no sense. */
function toEpoch(date: Date | string | undefined): number {
  const time = date instanceof Date ? date.getTime() : Date.parse(date ?? '')
  return Number.isNaN(time) ? 0 : time
}

/** Whether something is to be shown with a paper clip: a part that is offered as a file. Pictures of an HTML text are not. */
export function hasAttachment(node: BodyStructure): boolean {
  if (node.childNodes && !isMessage(node)) return node.childNodes.some(hasAttachment)
  if (node.disposition?.toLowerCase() === 'attachment' || isMessage(node)) return true
  if (node.type.startsWith('text/')) return Boolean(fileName(node))
  return !node.id && !isSignature(node)
}

function isMessage({ type }: BodyStructure): boolean {
  return type === 'message/rfc822' || type === 'message/global'
}

function isSignature({ type }: BodyStructure): boolean {
  return /^application\/(x-)?(pkcs7|pgp)-signature$/.test(type)
}

function fileName({ parameters, dispositionParameters }: BodyStructure): string | undefined {
  return dispositionParameters?.['filename'] ?? parameters?.['name']
}
