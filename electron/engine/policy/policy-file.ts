import * as v from 'valibot'
import { settingsChange } from '../../../shared/contract/checks.ts'
import type { AccountSettings } from '../../../shared/domain/account.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { readPresetBeside } from '../accounts/presets.ts'

/** The policy file as a host has read it: the engine knows no system folders. */
export interface PolicyFile {
  readonly path: string
  /** undefined: it is there, but could not be read. */
  readonly content: string | undefined
  /** Presets and certificates that lie beside it, by name. */
  readonly beside: Readonly<Record<string, Uint8Array>>
  /** Who uses the computer, for %USERNAME% and %FULLNAME%. */
  readonly user: { readonly login: string; readonly fullName: string }
}

export interface PolicyAccount {
  readonly id: string
  /** Placeholders for the address may be left. */
  readonly draft: AccountSettings
  readonly locked: readonly string[]
}

export interface ReadPolicy {
  readonly organization: string
  readonly version: number
  readonly accounts: readonly PolicyAccount[]
  readonly settings: Partial<Settings>
  readonly lockedSettings: readonly (keyof Settings)[]
}

const fileName = v.pipe(v.string(), v.maxLength(255), v.regex(/^[^/\\]+$/, 'names a file beside the policy file'))
const id = v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/, 'has only letters, digits, dots and hyphens'))
const path = v.pipe(v.string(), v.maxLength(100))

/** Policy file, version 1. Unknown keys are an error, so that a typing mistake does not go unnoticed. */
export const policySchema = v.strictObject({
  $schema: v.optional(v.string()),
  'postrider-policy': v.literal(1, 'This program reads policy files of version 1.'),
  /** Counted up with every change: accounts that were made before follow it. */
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  organization: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  accounts: v.optional(
    v.array(
      v.strictObject({
        id,
        /** The name of a preset file beside the policy file, or a preset itself. */
        preset: v.union([fileName, v.record(v.string(), v.unknown())]),
        locked: v.optional(v.array(path), []),
      }),
    ),
    [],
  ),
  /** Options of the program, by their names. */
  settings: v.optional(v.record(v.string(), v.unknown()), {}),
  /** Options that nobody but this file changes. */
  lockedSettings: v.optional(v.array(v.string()), []),
})

/** Throws MailError `policy-broken` with words about what is wrong. */
export function readPolicy(file: PolicyFile): ReadPolicy {
  try {
    return understood(file)
  } catch (error) {
    throw new MailError('policy-broken', error instanceof Error ? error.message : String(error), { path: file.path })
  }
}

function understood(file: PolicyFile): ReadPolicy {
  if (file.content === undefined) throw new Error('The file can not be read: check its permissions.')
  const { organization, version, accounts, settings, lockedSettings } = checked(policySchema, json(file.content), '')
  const known: Partial<Settings> = checked(settingsChange, settings, 'settings.')
  const ids = accounts.map((account) => account.id)
  const twice = ids.find((each, index) => ids.indexOf(each) !== index)
  if (twice !== undefined) throw new Error(`accounts: "${twice}" is there twice.`)
  for (const name of lockedSettings) checked(settingsChange, { [name]: undefined }, 'lockedSettings: ')
  return {
    organization,
    version,
    accounts: accounts.map((account) => {
      const draft = draftOf(file, account.preset)
      for (const lock of account.locked) refuseUnknownPart(draft, lock)
      return { id: account.id, draft, locked: account.locked }
    }),
    settings: known,
    lockedSettings: lockedSettings as (keyof Settings)[],
  }
}

/** A typing mistake in a lock would leave open what an administrator believes to be locked. */
function refuseUnknownPart(draft: AccountSettings, lock: string): void {
  const [section = '', field, ...more] = lock.split('.')
  const known: unknown = Object.hasOwn(draft, section) ? Reflect.get(draft, section) : undefined
  if (known === undefined) throw new Error(`locked: "${lock}" is no part of an account. Parts are ${Object.keys(draft).join(', ')}.`)
  if (field === undefined) return
  const fields = typeof known === 'object' && known !== null ? Object.keys(known) : []
  if (more.length > 0 || !fields.includes(field)) throw new Error(`locked: ${section} has no "${field}". It has ${fields.join(', ')}.`)
}

function json(content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Error(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, where: string): T {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Error(`${where}${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`)
}

function draftOf({ beside, user }: PolicyFile, preset: string | Readonly<Record<string, unknown>>): AccountSettings {
  const content = typeof preset === 'string' ? beside[preset] : Buffer.from(JSON.stringify(preset))
  if (!content) throw new Error(`The preset file "${preset as string}" is not beside the policy file.`)
  const read = readPresetBeside(content, (name) => beside[name])
  return named(read, user)
}

/** Puts in what the system knows of its user. */
function named(draft: AccountSettings, { login, fullName }: PolicyFile['user']): AccountSettings {
  const fill = (text: string) => text.replaceAll('%USERNAME%', () => login).replaceAll('%FULLNAME%', () => fullName)
  const { identity, incoming, outgoing } = draft
  return {
    ...draft,
    name: fill(draft.name),
    identity: { ...identity, name: fill(identity.name), address: fill(identity.address), replyTo: fill(identity.replyTo) },
    incoming: { ...incoming, user: fill(incoming.user) },
    outgoing: { ...outgoing, user: fill(outgoing.user) },
  }
}
