import { type Part, text } from './mail-parts.ts'
import type { Person } from './mail-headers.ts'

export type PracticeFolder =
  | 'INBOX'
  | 'Sent Items'
  | 'Drafts'
  | 'Deleted Items'
  | 'Junk'
  | 'Archive'
  | 'Projects/Website'
  | 'Projects/Summer party'
  | 'Travel'
  | 'Calendar'

/** One sample message, before it gets its date. */
export interface SampleMail {
  /** Unique, stays the same from run to run: the UIDL and the Message-ID are made from it. */
  readonly slug: string
  readonly folder: PracticeFolder
  readonly daysAgo: number
  /** HH:MM, UTC. */
  readonly time: string
  readonly from: Person
  /** Default: the owner of the practice account. */
  readonly to?: readonly Person[]
  readonly cc?: readonly Person[]
  readonly subject: string
  readonly body: Part | string
  readonly headers?: readonly string[]
  /** Charset of the encoded words in the headers. */
  readonly charset?: string
  /** Slugs, oldest first. */
  readonly references?: readonly string[]
  readonly isUnread?: boolean
  readonly isFlagged?: boolean
  readonly isAnswered?: boolean
}

export function bodyOf({ body }: SampleMail): Part {
  return typeof body === 'string' ? text(body) : body
}

export interface Post {
  readonly from: Person
  /** Since the post before. */
  readonly hoursLater: number
  readonly body: string
}

interface ThreadFacts {
  readonly slug: string
  readonly folder: PracticeFolder
  readonly daysAgo: number
  readonly time: string
  readonly subject: string
  readonly owner: Person
  /** Who gets all posts beside the owner. */
  readonly others: readonly Person[]
  readonly headers?: readonly string[]
}

/** A conversation: each post answers the one before and quotes it; the owner's own posts are in Sent Items. */
export function thread(facts: ThreadFacts, posts: readonly Post[]): readonly SampleMail[] {
  const everybody = [facts.owner, ...facts.others]
  let hours = facts.daysAgo * 24 - Number(facts.time.slice(0, 2))
  return posts.map((post, index) => {
    hours -= post.hoursLater
    const before = posts[index - 1]
    const isOwn = post.from === facts.owner
    return {
      slug: index === 0 ? facts.slug : `${facts.slug}-${index + 1}`,
      folder: isOwn ? 'Sent Items' : facts.folder,
      ...momentAt(hours, facts.time),
      from: post.from,
      to: everybody.filter((person) => person !== post.from),
      subject: index === 0 ? facts.subject : `Re: ${facts.subject}`,
      body: before ? `${post.body}\n\n${quote(before)}` : post.body,
      references: posts.slice(0, index).map((_, at) => (at === 0 ? facts.slug : `${facts.slug}-${at + 1}`)),
      isAnswered: !isOwn && posts[index + 1]?.from === facts.owner,
      ...(facts.headers && { headers: facts.headers }),
    }
  })
}

/** `hours` back from the midnight that began today. */
function momentAt(hours: number, time: string): { readonly daysAgo: number; readonly time: string } {
  const daysAgo = Math.max(0, Math.ceil(hours / 24))
  const hour = Math.max(0, daysAgo * 24 - Math.floor(hours)) % 24
  return { daysAgo, time: `${String(hour).padStart(2, '0')}${time.slice(2)}` }
}

function quote({ from, body }: Post): string {
  const lines = body.split('\n').flatMap((line) => wrapQuoted(line))
  return [`${from.name} wrote:`, ...lines.map((line) => (line === '' ? '>' : `> ${line}`))].join('\n')
}

function wrapQuoted(line: string): readonly string[] {
  return line.match(/.{1,70}(?:\s|$)/g)?.map((piece) => piece.trimEnd()) ?? [line]
}
