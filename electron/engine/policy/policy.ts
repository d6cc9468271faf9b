// What an organization has laid down for its people (A18): accounts that are there, and settings that stay.
import type { Account, AccountSettings } from '../../../shared/domain/account.ts'
import { fillAccount } from '../../../shared/domain/placeholders.ts'
import { isLocked, type PolicyState } from '../../../shared/domain/policy.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import { MailError, toErrorInfo, type ErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Logger } from '../log.ts'
import type { Store } from '../store/store.ts'
import { type PolicyAccount, type PolicyFile, readPolicy, type ReadPolicy } from './policy-file.ts'

const nothing: ReadPolicy = { organization: '', version: 0, accounts: [], settings: {}, lockedSettings: [] }

export interface PolicyParts {
  readonly store: Store
  readonly log: Logger
  /** undefined: this computer has none. */
  readonly file: PolicyFile | undefined
}

export class Policy {
  readonly #store: Store
  #policy = nothing
  #error: ErrorInfo | null = null

  /** Applies it at once. A policy that can't be used is told about, and everything stays as it was. */
  constructor({ store, log, file }: PolicyParts) {
    this.#store = store
    if (!file) return
    try {
      this.#policy = readPolicy(file)
      store.transaction(() => this.#apply())
    } catch (error) {
      this.#policy = nothing
      this.#error = toErrorInfo(error)
      log.error('the policy file can not be used', { path: file.path, reason: this.#error.message })
    }
  }

  state(): PolicyState {
    const { organization, lockedSettings } = this.#policy
    const accounts = this.#store.accounts.list()
    return {
      organization,
      error: this.#error,
      waiting: this.#policy.accounts.flatMap((entry) => (ownerOf(entry, accounts) ? [] : [this.#marked(entry, entry.draft)])),
      lockedSettings,
      locks: accounts.flatMap((account) => {
        const paths = this.#locksOf(account)
        return paths.length > 0 ? [{ account: account.id, paths }] : []
      }),
    }
  }

  /** A new account as it may be: only the policy's own bear its mark, once each. */
  admit(settings: AccountSettings): AccountSettings {
    const entry = this.#entryOf(settings)
    if (!entry || ownerOf(entry, this.#store.accounts.list())) return { ...settings, policy: undefined }
    const person = { name: settings.identity.name, address: settings.identity.address }
    this.#refuseChanges(this.#marked(entry, forPerson(entry.draft, person)), settings, entry.locked)
    return this.#marked(entry, settings)
  }

  /** Throws `set-by-organization` when a locked part would change. The mark stays whatever a window says. */
  allow(before: Account, after: AccountSettings): AccountSettings {
    this.#refuseChanges(before, after, this.#locksOf(before))
    return { ...after, policy: before.policy }
  }

  allowRemoval(account: Account): void {
    if (this.#entryOf(account)) throw refusal(this.#policy.organization, 'the account')
  }

  allowSettings(change: Partial<Settings>): void {
    const now = this.#store.settings.get()
    const name = this.#policy.lockedSettings.find((each) => each in change && !isSame(change[each], now[each]))
    if (name) throw refusal(this.#policy.organization, name)
  }

  isLocked(account: Account, path: string): boolean {
    return isLocked(this.#locksOf(account), path)
  }

  #apply(): void {
    const { settings, version } = this.#policy
    this.#store.settings.set(settings)
    for (const entry of this.#policy.accounts) {
      const owner = ownerOf(entry, this.#store.accounts.list())
      if (!owner) {
        const made = forPerson(entry.draft, {})
        if (isComplete(made)) this.#store.accounts.add(this.#marked(entry, made))
      } else if (owner.policy?.version !== version) {
        this.#store.accounts.update(owner.id, this.#marked(entry, following(owner, entry)))
      }
    }
  }

  #entryOf({ policy }: Pick<AccountSettings, 'policy'>): PolicyAccount | undefined {
    return policy && this.#policy.accounts.find(({ id }) => id === policy.id)
  }

  #locksOf(account: Pick<AccountSettings, 'policy'>): readonly string[] {
    return this.#entryOf(account)?.locked ?? []
  }

  #marked({ id }: PolicyAccount, settings: AccountSettings): AccountSettings {
    return { ...settings, policy: { id, version: this.#policy.version } }
  }

  #refuseChanges(before: AccountSettings, after: AccountSettings, locks: readonly string[]): void {
    const path = locks.find((each) => !isSame(partOf(before, each), partOf(after, each)))
    if (path) throw refusal(this.#policy.organization, path)
  }
}

const ownerOf = ({ id }: PolicyAccount, accounts: readonly Account[]): Account | undefined =>
  accounts.find(({ policy }) => policy?.id === id)

/** An address that the policy states whole is nobody else's; else the person's own takes its place. */
function forPerson(draft: AccountSettings, person: { readonly name?: string; readonly address?: string }): AccountSettings {
  const hasAddress = isAddress(draft.identity.address)
  const name = draft.identity.name || person.name || ''
  return fillAccount(hasAddress ? draft : { ...draft, identity: { ...draft.identity, address: '%EMAILADDRESS%' } }, {
    name,
    address: hasAddress ? draft.identity.address : (person.address ?? ''),
  })
}

const isAddress = (text: string): boolean => /^[^\s@%]+@[^\s@%]+$/.test(text)

const isComplete = ({ identity }: AccountSettings): boolean => isAddress(identity.address) && identity.name !== ''

/** The account after a new version of its policy: what was typed by its user stays, unless it is locked. */
function following(owner: Account, { draft, locked }: PolicyAccount): AccountSettings {
  const { identity, incoming, outgoing, trust } = owner
  const now = forPerson(draft, { name: identity.name, address: identity.address })
  const keeps = (path: string) => !isLocked(locked, path)
  const ownPins = trust.certificates.filter(({ since }) => since !== null)
  return {
    ...now,
    identity: {
      ...now.identity,
      organization: now.identity.organization || identity.organization,
      replyTo: now.identity.replyTo || identity.replyTo,
    },
    incoming: { ...now.incoming, ...(keeps('incoming.user') && { user: incoming.user }) },
    outgoing: { ...now.outgoing, ...(keeps('outgoing.user') && now.outgoing.signIn === outgoing.signIn && { user: outgoing.user }) },
    trust: {
      ...now.trust,
      certificates: keeps('trust') ? [...now.trust.certificates, ...ownPins] : now.trust.certificates,
      ...(trust.clientCertificate && { clientCertificate: trust.clientCertificate }),
    },
  }
}

/** What a lock is about. A client certificate is somebody's own, so `trust` leaves it out. */
function partOf(settings: AccountSettings, path: string): unknown {
  const [section = '', field] = path.split('.')
  const whole: unknown = section === 'trust' ? { ...settings.trust, clientCertificate: undefined } : Reflect.get(settings, section)
  return field === undefined || typeof whole !== 'object' || whole === null ? whole : Reflect.get(whole, field)
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function refusal(organization: string, what: string): MailError {
  return new MailError('set-by-organization', `${organization} has set ${what}.`, {})
}
