import * as v from 'valibot'
import {
  defaultImapOptions,
  defaultPorts,
  imapExtensions,
  type AccountSettings,
  type OutgoingSettings,
} from '../../../shared/domain/account.ts'
import type { PinnedCertificate } from '../../../shared/domain/certificate.ts'
import { defaultConnection, usualProxyPorts, type ConnectionSettings, type ProxySettings } from '../../../shared/domain/connection.ts'
import type { OAuthSettings } from '../../../shared/domain/oauth.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'

const text = v.pipe(v.string(), v.maxLength(512))
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535))
const fingerprint = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/))
const security = v.picklist(['tls', 'starttls', 'none'])

/** Preset file, version 1. Unknown keys are an error, so that a typing mistake does not go unnoticed. */
export const presetSchema = v.strictObject({
  $schema: v.optional(v.string()),
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
    /** Where `oauth2` signs in, and as which client; left out: as the server's name tells. Never a secret. */
    oauth: v.optional(
      v.strictObject({
        provider: text,
        issuer: v.optional(text, ''),
        scope: v.optional(text, ''),
        clientId: v.optional(text, ''),
        tenant: v.optional(text, ''),
      }),
    ),
    rememberPassword: v.optional(v.boolean(), true),
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
    rememberPassword: v.optional(v.boolean(), true),
  }),
  includeInReceive: v.optional(v.boolean(), true),
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
      deletedFolder: v.optional(v.nullable(text), null),
      junkFolder: v.optional(v.nullable(text), null),
      archiveFolder: v.optional(v.nullable(text), null),
      moveDeleted: v.optional(v.boolean(), true),
      switchedOff: v.optional(v.array(v.picklist(imapExtensions)), []),
    }),
    {},
  ),
  trust: v.optional(
    v.strictObject({
      /** With `server`, as `mail.example.org:993`, it counts for that one only. */
      certificates: v.optional(v.array(v.union([fingerprint, v.strictObject({ fingerprint, server: text })])), []),
      /** PEM text, or the path of a PEM file beside the preset. */
      ca: v.optional(v.nullable(v.string()), null),
    }),
    {},
  ),
  connection: v.optional(
    v.strictObject({
      proxy: v.optional(
        v.union([
          v.picklist(['system', 'none']),
          v.strictObject({ kind: v.picklist(['socks5', 'http']), host: text, port: v.optional(port), user: v.optional(text, '') }),
        ]),
        'system',
      ),
      notOnMetered: v.optional(v.boolean(), false),
    }),
    {},
  ),
})

export type Preset = v.InferOutput<typeof presetSchema>

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

/** The settings that a preset stands for; placeholders stay. Pure. */
export function presetDraft(preset: Preset): AccountSettings {
  const { incoming, outgoing } = preset
  return {
    name: preset.name ?? incoming.host,
    protocol: incoming.protocol,
    identity: {
      name: preset.displayName ?? '',
      organization: preset.organization ?? '',
      address: preset.email,
      replyTo: preset.replyTo ?? '',
    },
    includeInReceive: preset.includeInReceive,
    incoming: {
      host: incoming.host,
      port: incoming.port ?? defaultPorts[incoming.protocol][incoming.security],
      security: incoming.security,
      user: incoming.user,
      signIn: incoming.auth,
      rememberPassword: incoming.rememberPassword,
    },
    outgoing: {
      host: outgoing.host,
      port: outgoing.port ?? defaultPorts.smtp[outgoing.security],
      security: outgoing.security,
      ...outgoingSignIn(outgoing.auth, incoming.user),
      rememberPassword: outgoing.rememberPassword,
    },
    ...(incoming.oauth && { oauth: incoming.oauth }),
    timeoutSeconds: preset.timeoutSeconds,
    pop3: {
      leaveOnServer: preset.pop3.leaveOnServer ?? true,
      removeAfterDays: preset.pop3.removeAfterDays ?? null,
      removeWhenDeleted: preset.pop3.removeWhenDeleted ?? false,
      headersOnly: preset.pop3.headersOnly ?? false,
      maxDownloadKb: preset.pop3.maxDownloadKb ?? null,
    },
    imap: { ...defaultImapOptions, ...preset.imap },
    trust: { certificates: (preset.trust.certificates ?? []).map(toPin), ca: preset.trust.ca ?? null },
    connection: { proxy: proxyOf(preset.connection.proxy ?? 'system'), notOnMetered: preset.connection.notOnMetered ?? false },
    practice: false,
  }
}

function toPin(entry: string | { readonly fingerprint: string; readonly server: string }): PinnedCertificate {
  const { fingerprint: known, server } = typeof entry === 'string' ? { fingerprint: entry, server: '' } : entry
  return { fingerprint: known, server, since: null, facts: null }
}

function proxyOf(proxy: NonNullable<Preset['connection']['proxy']>): ProxySettings {
  if (typeof proxy === 'string') return { ...defaultConnection.proxy, kind: proxy }
  return { ...proxy, port: proxy.port ?? usualProxyPorts[proxy.kind] }
}

function outgoingSignIn(auth: Preset['outgoing']['auth'], incomingUser: string): Pick<OutgoingSettings, 'signIn' | 'user'> {
  if (typeof auth === 'object') return { signIn: auth.auth, user: auth.user }
  return { signIn: auth, user: auth === 'password' ? incomingUser : '' }
}

/** A client certificate is somebody's own, and so is the day on which a certificate was accepted. */
const fromPin = ({ fingerprint: known, server }: PinnedCertificate) => (server === '' ? known : { fingerprint: known, server })

const isUsual = ({ proxy, notOnMetered }: ConnectionSettings) => proxy.kind === 'system' && !notOnMetered

function connectionPart({ proxy, notOnMetered }: ConnectionSettings) {
  const { kind, host, port: proxyPort, user } = proxy
  const own = { kind, host, port: proxyPort, ...(user !== '' && { user }) }
  return { proxy: kind === 'system' || kind === 'none' ? kind : own, ...(notOnMetered && { notOnMetered }) }
}

/** A preset file that gives the same account again, passwords apart. */
export function writeJsonPreset(settings: AccountSettings): string {
  const { identity, incoming, outgoing, protocol } = settings
  const server = (of: Pick<OutgoingSettings, 'host' | 'port' | 'security'>) => ({ host: of.host, port: of.port, security: of.security })
  const hasOwnUser = outgoing.signIn === 'password' || outgoing.signIn === 'spa'
  const preset = {
    postrider: 1,
    name: settings.name,
    ...(identity.name !== '' && { displayName: identity.name }),
    ...(identity.organization !== '' && { organization: identity.organization }),
    email: identity.address,
    ...(identity.replyTo !== '' && { replyTo: identity.replyTo }),
    incoming: {
      protocol,
      ...server(incoming),
      user: incoming.user,
      auth: incoming.signIn,
      ...(settings.oauth && { oauth: withoutEmpty(settings.oauth) }),
      ...(!incoming.rememberPassword && { rememberPassword: false }),
    },
    outgoing: {
      ...server(outgoing),
      auth: hasOwnUser ? { user: outgoing.user, auth: outgoing.signIn } : outgoing.signIn,
      ...(!outgoing.rememberPassword && { rememberPassword: false }),
    },
    ...(!settings.includeInReceive && { includeInReceive: false }),
    timeoutSeconds: settings.timeoutSeconds,
    pop3: settings.pop3,
    imap: settings.imap,
    trust: { certificates: settings.trust.certificates.map(fromPin), ca: settings.trust.ca },
    ...(!isUsual(settings.connection) && { connection: connectionPart(settings.connection) }),
  }
  return `${JSON.stringify(preset, null, 2)}\n`
}

const withoutEmpty = (oauth: OAuthSettings) => Object.fromEntries(Object.entries(oauth).filter(([, value]) => value !== ''))
