import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { AccountSettings } from '../../../shared/domain/account.ts'
import { fillAccount, type Person } from '../../../shared/domain/placeholders.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { providerConfigOf, writeAutoconfig } from './presets-autoconfig.ts'
import { isIaf, readIaf } from './presets-iaf.ts'
import { parsePreset, presetDraft, writeJsonPreset } from './presets-json.ts'
import { draftOfProfile, unsigned } from './presets-mobileconfig.ts'
import { draftsOf } from './provider-config.ts'
import { readXml } from './small-xml.ts'

/** A preset file of any kind, filled in for a person. The path of a certificate in it is taken from where the file lies. */
export async function readPresetFile(path: string, person: Person): Promise<AccountSettings> {
  const content = await readFile(path).catch((cause: unknown) => {
    throw new MailError('bad-input', `The preset file ${path} can't be read.`, { path }, cause)
  })
  const draft = readAnyPreset(content)
  const { ca } = draft.trust
  const pem =
    ca === null || isPem(ca)
      ? ca
      : await readFile(resolve(dirname(path), ca), 'utf8').catch((cause: unknown) => {
          throw new MailError('bad-input', `The certificate file ${ca} that the preset names can't be read.`, { path: ca }, cause)
        })
  const settings = fillAccount({ ...draft, trust: { ...draft.trust, ca: pem } }, person)
  if (!settings.identity.address.includes('@')) throw new MailError('bad-input', 'The preset needs an e-mail address.')
  return settings
}

/** A preset whose file we can't see: what it names beside itself can't be read. Placeholders stay, for the wizard to fill. */
export function readPresetContent(content: Uint8Array): AccountSettings {
  const draft = readAnyPreset(content)
  if (draft.trust.ca === null || isPem(draft.trust.ca)) return draft
  throw new MailError('bad-input', `The preset names the certificate file ${draft.trust.ca}. Put the text of that file into the preset.`)
}

/** A preset that lies in a folder whose other files are given; placeholders stay. */
export function readPresetBeside(content: Uint8Array, beside: (name: string) => Uint8Array | undefined): AccountSettings {
  const draft = readAnyPreset(content)
  const { ca } = draft.trust
  if (ca === null || isPem(ca)) return draft
  const pem = beside(ca)
  if (!pem) throw new MailError('bad-input', `The certificate file ${ca} that the preset names is not there.`)
  return { ...draft, trust: { ...draft.trust, ca: new TextDecoder().decode(pem) } }
}

/** For people who get the file: what is wrong, in words. Passwords in a file are not read. */
function readAnyPreset(content: Uint8Array): AccountSettings {
  if (isIaf(content)) return readIaf(content)
  const text = textOfFile(unsigned(content) ?? content)
  if (/^\s*\{/.test(text)) return presetDraft(parsePreset(text))
  if (!/^\s*</.test(text))
    throw new MailError('bad-input', 'The preset file is of none of the known kinds: JSON, autoconfig XML, .mobileconfig or .iaf.')
  try {
    const root = readXml(text)
    if (root.name === 'plist') return draftOfProfile(root)
    const [draft] = draftsOf(providerConfigOf(root))
    if (draft) return draft
  } catch (cause) {
    throw new MailError('bad-input', `The preset file: ${cause instanceof Error ? cause.message : String(cause)}`, {}, cause)
  }
  throw new MailError('bad-input', 'The preset file names no pair of servers for incoming and outgoing mail.')
}

const isPem = (text: string): boolean => text.includes('-----BEGIN')

/** By its byte order mark, else as its own first line says, else UTF-8. */
function textOfFile(content: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(content.subarray(0, 200))
  if (/^(?:\u00FF\u00FE|<\0)/.test(start)) return new TextDecoder('utf-16le').decode(content)
  if (/^(?:\u00FE\u00FF|\0<)/.test(start)) return new TextDecoder('utf-16be').decode(content)
  const declared = /^<\?xml[^>]*\bencoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(declared).decode(content)
  } catch {
    return new TextDecoder().decode(content) // an encoding that nobody knows: nearly always UTF-8 after all
  }
}

export type PresetFormat = 'json' | 'autoconfig'

/** An account as a file for others, without its passwords. */
export function writePreset(settings: AccountSettings, format: PresetFormat): { readonly name: string; readonly text: string } {
  if (settings.practice) throw new MailError('bad-input', 'A practice account belongs to this computer and has no preset.')
  const base = settings.name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-').replaceAll(/^[.\s-]+|[.\s-]+$/g, '') || 'account'
  return format === 'json'
    ? { name: `${base}.json`, text: writeJsonPreset(settings) }
    : { name: `${base}.xml`, text: writeAutoconfig(settings) }
}
