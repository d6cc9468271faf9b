import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { defaultPorts, type AccountSettings, type OutgoingSettings } from '../../../shared/domain/account.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'

const text = v.pipe(v.string(), v.maxLength(512))
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535))
const security = v.picklist(['tls', 'starttls', 'none'])

/** Preset file, version 1. Unknown keys are an error, so that a typing mistake does not go unnoticed. */
const presetSchema = v.strictObject({
  postrider: v.literal(1, 'This program reads preset files of version 1.'),
  name: v.optional(text),
  displayName: v.optional(text),
  organization: v.optional(text),
  email: text,
  replyTo: v.optional(text),
  incoming: v.strictObject({
    protocol: v.picklist(['pop3', 'imap']),
    host: text,
    port: v.optional(port),
    security: v.optional(security, 'tls'),
    user: v.optional(text, '%EMAILADDRESS%'),
    auth: v.optional(v.picklist(['password', 'spa', 'oauth2', 'none']), 'password'),
  }),
  outgoing: v.strictObject({
    host: text,
    port: v.optional(port),
    security: v.optional(security, 'starttls'),
    auth: v.optional(
      v.union([
        v.picklist(['same', 'none', 'password']),
        v.strictObject({ user: text, auth: v.optional(v.picklist(['password', 'spa']), 'password') }),
      ]),
      'same',
    ),
  }),
  timeoutSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(300)), 60),
  pop3: v.optional(
    v.strictObject({
      leaveOnServer: v.optional(v.boolean(), true),
      removeAfterDays: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))), null),
      removeWhenDeleted: v.optional(v.boolean(), false),
      headersOnly: v.optional(v.boolean(), false),
      maxDownloadKb: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))), null),
    }),
    {},
  ),
  imap: v.optional(
    v.strictObject({
      rootFolder: v.optional(text, ''),
      checkAllFolders: v.optional(v.boolean(), true),
      storeSpecialFolders: v.optional(v.boolean(), true),
      sentFolder: v.optional(v.nullable(text), null),
      draftsFolder: v.optional(v.nullable(text), null),
    }),
    {},
  ),
  trust: v.optional(
    v.strictObject({
      certificates: v.optional(v.array(v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/))), []),
      /** PEM text, or the path of a PEM file beside the preset. */
      ca: v.optional(v.nullable(v.string()), null),
    }),
    {},
  ),
})

type Preset = v.InferOutput<typeof presetSchema>

/** Who the preset is filled in for. Both may be left out where the file holds them itself. */
export interface PresetPerson {
  readonly displayName?: string
  readonly address?: string
}

export async function readPresetFile(path: string, person: PresetPerson): Promise<AccountSettings> {
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MailError('bad-input', `The preset file ${path} can't be read.`, { path }, cause)
  })
  const preset = parsePreset(content)
  const ca = preset.trust.ca ?? null
  const isPem = ca === null || ca.includes('-----BEGIN')
  const pem = isPem
    ? ca
    : await readFile(resolve(dirname(path), ca), 'utf8').catch((cause: unknown) => {
        throw new MailError('bad-input', `The certificate file ${ca} that the preset names can't be read.`, { path: ca }, cause)
      })
  return presetToSettings({ ...preset, trust: { ...preset.trust, ca: pem } }, person)
}

export function parsePreset(content: string): Preset {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (cause) {
    throw new MailError('bad-input', 'The preset file is not JSON.', {}, cause)
  }
  const result = v.safeParse(presetSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new MailError('bad-input', `The preset file: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`)
}

/** The settings that a preset stands for. Pure. */
export function presetToSettings(preset: Preset, person: PresetPerson): AccountSettings {
  const address = preset.email === '%EMAILADDRESS%' ? (person.address ?? '') : fill(preset.email, person.address ?? '')
  if (!address.includes('@')) throw new MailError('bad-input', 'The preset needs an e-mail address.')
  const filled = (value: string) => fill(value, address)
  const { incoming, outgoing } = preset
  return {
    name: preset.name ?? filled(incoming.host),
    protocol: incoming.protocol,
    identity: {
      name: person.displayName ?? preset.displayName ?? '',
      organization: preset.organization ?? '',
      address,
      replyTo: filled(preset.replyTo ?? ''),
    },
    includeInReceive: true,
    incoming: {
      host: filled(incoming.host),
      port: incoming.port ?? defaultPorts[incoming.protocol][incoming.security],
      security: incoming.security,
      user: filled(incoming.user),
      signIn: incoming.auth,
      rememberPassword: true,
    },
    outgoing: {
      host: filled(outgoing.host),
      port: outgoing.port ?? defaultPorts.smtp[outgoing.security],
      security: outgoing.security,
      ...outgoingSignIn(outgoing.auth, filled, incoming.user),
      rememberPassword: true,
    },
    timeoutSeconds: preset.timeoutSeconds,
    pop3: {
      leaveOnServer: preset.pop3.leaveOnServer ?? true,
      removeAfterDays: preset.pop3.removeAfterDays ?? null,
      removeWhenDeleted: preset.pop3.removeWhenDeleted ?? false,
      headersOnly: preset.pop3.headersOnly ?? false,
      maxDownloadKb: preset.pop3.maxDownloadKb ?? null,
    },
    imap: {
      rootFolder: preset.imap.rootFolder ?? '',
      checkAllFolders: preset.imap.checkAllFolders ?? true,
      storeSpecialFolders: preset.imap.storeSpecialFolders ?? true,
      sentFolder: preset.imap.sentFolder ?? null,
      draftsFolder: preset.imap.draftsFolder ?? null,
    },
    trust: { certificates: preset.trust.certificates ?? [], ca: preset.trust.ca ?? null },
    practice: false,
  }
}

function outgoingSignIn(
  auth: Preset['outgoing']['auth'],
  filled: (value: string) => string,
  incomingUser: string,
): Pick<OutgoingSettings, 'signIn' | 'user'> {
  if (typeof auth === 'object') return { signIn: auth.auth, user: filled(auth.user) }
  return { signIn: auth, user: auth === 'password' ? filled(incomingUser) : '' }
}

function fill(template: string, address: string): string {
  const at = address.lastIndexOf('@')
  return template
    .replaceAll('%EMAILADDRESS%', address)
    .replaceAll('%EMAILLOCALPART%', address.slice(0, at))
    .replaceAll('%EMAILDOMAIN%', address.slice(at + 1))
}
