import type { ComposeKind, Draft } from '../domain/draft.ts'
import type { Address, Envelope } from '../domain/message.ts'
import { formatAddresses, isSameAddress } from './addresses.ts'
import { forwardText, replyText, type Quoted } from './quoting.ts'
import { forwardSubject, replySubject } from './subjects.ts'

/** More than that helps nobody's threading and makes a header that some servers refuse. */
const maxReferences = 50

export interface ReplyStart {
  readonly kind: Exclude<ComposeKind, 'new'>
  readonly original: Quoted
  /** Addresses of all our accounts: a reply to all must not come back to us. */
  readonly ownAddresses: readonly string[]
  /** The option "Include message in reply". A forwarded message is always included. */
  readonly quote: boolean
}

export type ReplyFields = Pick<Draft, 'to' | 'cc' | 'bcc' | 'subject' | 'text' | 'inReplyTo' | 'references'>

/** What the compose window starts with when a message is answered or passed on. */
export function replyFields({ kind, original, ownAddresses, quote }: ReplyStart): ReplyFields {
  const { envelope } = original
  const references = referencesOf(envelope)
  if (kind === 'forward') {
    return { to: '', cc: '', bcc: '', subject: forwardSubject(envelope.subject), text: forwardText(original), inReplyTo: '', references }
  }
  const { to, cc } = recipients(envelope, kind === 'reply-all', ownAddresses)
  return {
    to: formatAddresses(to),
    cc: formatAddresses(cc),
    bcc: '',
    subject: replySubject(envelope.subject),
    text: quote ? replyText(original) : '',
    inReplyTo: envelope.messageIdHeader,
    references,
  }
}

function recipients(envelope: Envelope, all: boolean, own: readonly string[]): { to: Address[]; cc: Address[] } {
  const isOwn = ({ address }: Address) => own.some((each) => isSameAddress(each, address))
  const usable = (addresses: readonly Address[]) => addresses.filter(({ address }) => address !== '')
  const replyTo = usable(envelope.replyTo)
  const author = replyTo.length > 0 ? replyTo : usable(envelope.from.length > 0 ? envelope.from : envelope.sender)
  // Answering one's own sent message means writing to its recipients once more.
  const isMine = author.length > 0 && author.every(isOwn) && usable(envelope.to).length > 0
  const first = isMine ? usable(envelope.to) : author
  const to = unique(first, [])
  if (!all) return { to, cc: [] }
  const others = isMine ? [] : usable(envelope.to).filter((each) => !isOwn(each))
  const everyone = unique([...to, ...others], [])
  return {
    to: everyone,
    cc: unique(
      usable(envelope.cc).filter((each) => !isOwn(each)),
      everyone,
    ),
  }
}

function unique(addresses: readonly Address[], taken: readonly Address[]): Address[] {
  const seen = new Set(taken.map(({ address }) => address.toLowerCase()))
  return addresses.filter(({ address }) => {
    const key = address.toLowerCase()
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

/** RFC 5322 3.6.4: the references of the original and its own id. When too long, the first one and the newest stay. */
function referencesOf(envelope: Envelope): string[] {
  const earlier = envelope.references.length > 0 ? envelope.references : envelope.inReplyTo === '' ? [] : [envelope.inReplyTo]
  const all = [...new Set([...earlier, envelope.messageIdHeader])].filter((id) => id !== '')
  return all.length <= maxReferences ? all : [...all.slice(0, 1), ...all.slice(1 - maxReferences)]
}
