import type { AccountSettings } from './account.ts'

/** Puts an address into `%EMAILADDRESS%`, `%EMAILLOCALPART%` and `%EMAILDOMAIN%`, as presets and autoconfig files have them. */
export function fillPlaceholders(template: string, address: string): string {
  const at = address.lastIndexOf('@')
  return template
    .replaceAll('%EMAILADDRESS%', () => address)
    .replaceAll('%EMAILLOCALPART%', () => address.slice(0, at))
    .replaceAll('%EMAILDOMAIN%', () => address.slice(at + 1))
}

export interface Person {
  /** What is left out stays as the draft has it. */
  readonly name?: string
  readonly address?: string
}

/** The account of one person: a draft may still have placeholders, and no address at all. */
export function fillAccount(draft: AccountSettings, { name = draft.identity.name, address = '' }: Person): AccountSettings {
  const known = draft.identity.address === '' ? address.trim() : fillPlaceholders(draft.identity.address, address.trim())
  const filled = (template: string) => fillPlaceholders(template, known)
  return {
    ...draft,
    name: filled(draft.name),
    identity: { ...draft.identity, name, address: known, replyTo: filled(draft.identity.replyTo) },
    incoming: { ...draft.incoming, host: filled(draft.incoming.host), user: filled(draft.incoming.user) },
    outgoing: { ...draft.outgoing, host: filled(draft.outgoing.host), user: filled(draft.outgoing.user) },
  }
}
