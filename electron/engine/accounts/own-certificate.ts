import type { AccountSettings } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { readClientCertificate } from './client-certificate.ts'
import type { Routes } from './routes.ts'

/** What a window sends beside the settings of an account; left out: as it is. */
export interface GivenRoute {
  /** '' is forgotten. */
  readonly proxyPassword?: string | null | undefined
  /** null is forgotten. */
  readonly clientCertificate?: { readonly base64: string; readonly passphrase: string } | null | undefined
}

/** `packed` is for the secret port: undefined leaves what is there, null forgets it. */
export interface OwnCertificate {
  readonly settings: AccountSettings
  readonly packed: string | null | undefined
}

/** Settings with what the engine itself has read in the file: a window can't say that there is a certificate. */
export function withOwnCertificate(
  settings: AccountSettings,
  { clientCertificate: given }: GivenRoute,
  before: AccountSettings | undefined,
): OwnCertificate {
  const { clientCertificate: _said, ...trust } = settings.trust
  const keep = (facts: AccountSettings['trust']['clientCertificate']) => ({
    ...settings,
    trust: facts ? { ...trust, clientCertificate: facts } : trust,
  })
  if (given === undefined) return { settings: keep(before?.trust.clientCertificate), packed: undefined }
  if (given === null) return { settings: keep(undefined), packed: null }
  const { facts, packed } = readClientCertificate(Buffer.from(given.base64, 'base64'), given.passphrase)
  return { settings: keep(facts), packed }
}

export async function keepRoute(routes: Routes, id: AccountId, { packed }: OwnCertificate, { proxyPassword }: GivenRoute): Promise<void> {
  if (packed !== undefined) await routes.keepClientCertificate(id, packed)
  await routes.keepProxyPassword(id, proxyPassword ?? null)
}
