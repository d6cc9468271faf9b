import * as v from 'valibot'
import type { CommandId } from '../commands/catalog.ts'
import { action, event, query, type Client, type Handlers } from './define.ts'

export interface HostInfo {
  readonly kind: 'electron' | 'loopback'
  readonly platform: 'windows' | 'mac' | 'linux'
  /** Prefix of the URLs in messages: `app://content` or the loopback host's own origin. */
  readonly contentBase: string
  /** The operating system's name for this user, to fill in "Your Name"; '' when it has none. */
  readonly userName: string
  readonly language: string
  /** `memory`: passwords are forgotten when the program ends; `plain`: kept, but not well protected. */
  readonly secrets: 'keychain' | 'plain' | 'file' | 'memory'
  /** Started with --practice. */
  readonly practice: boolean
  /** The program draws its menu bar itself unless the system has one at the top of the screen. */
  readonly hasNativeMenu: boolean
}

/** A file that was given with --preset. */
export interface GivenPreset {
  readonly name: string
  /** null: it could not be read. */
  readonly base64: string | null
}

const webLink = v.pipe(v.string(), v.maxLength(8192), v.regex(/^(?:https?|mailto):/i, 'only web and mail links are opened'))

/** Only https, but for a provider on this computer. */
const signInPage = v.pipe(
  v.string(),
  v.maxLength(8192),
  v.regex(/^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)[:/])/i, 'only secure pages are opened'),
)

/** What a window asks of its host: the desktop, not the mail. */
export const hostCalls = {
  'host.info': query<HostInfo>()(v.strictObject({})),
  'host.openLink': action<null>()(v.strictObject({ url: webLink })),
  /** A page on which the user has just chosen to sign in: opened without a question, unlike a link in a mail. */
  'host.openSignInPage': action<null>()(v.strictObject({ url: signInPage })),
  /** Shows the folder of the protocol logs in the system's own way. */
  'host.showLogs': action<{ readonly folder: string }>()(v.strictObject({})),
  /** Which commands the focused window allows and shows as checked, for the native menu. */
  'host.menuState': action<null>()(
    v.strictObject({ enabled: v.array(v.pipe(v.string(), v.maxLength(60))), checked: v.array(v.pipe(v.string(), v.maxLength(60))) }),
  ),
  'host.setBadge': action<null>()(v.strictObject({ unread: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })),
  /** The next preset file that was given on the command line; null: none. Each is given out once. */
  'host.takePreset': action<GivenPreset | null>()(v.strictObject({})),
  'host.quit': action<null>()(v.strictObject({})),
} as const

export const hostEvents = {
  /** The native menu was used, or a mailto: link was opened. */
  command: event<{ readonly id: CommandId }>(),
  mailto: event<{ readonly url: string }>(),
  /** Another start has brought a preset file. */
  presetGiven: event<Readonly<Record<string, never>>>(),
} as const

export type HostCalls = typeof hostCalls
export type HostEvents = typeof hostEvents
export type HostClient = Client<HostCalls, HostEvents>
export type HostHandlers = Handlers<HostCalls>
