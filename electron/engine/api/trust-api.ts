import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { readClientCertificate } from '../accounts/client-certificate.ts'
import { proxyName } from '../protocol/proxy.ts'
import type { EngineParts } from './parts.ts'

type TrustApi = Pick<
  EngineHandlers,
  'policy.get' | 'trust.pending' | 'trust.answer' | 'trust.pin' | 'trust.readClientCertificate' | 'network.facts'
>

/** Whom connections trust, what they show, and which way they take. */
export function trustApi({ store, trust, routes, policy }: EngineParts): TrustApi {
  return {
    'trust.pending': () => trust.pending(),

    'trust.answer'({ request, accept }) {
      trust.answer(request, accept)
      return null
    },

    'policy.get': () => policy.state(),

    'trust.pin'({ id, pin }) {
      if (policy.isLocked(store.accounts.get(id), 'trust'))
        throw new MailError('set-by-organization', 'Certificates are set by the organization.')
      trust.pin(id, pin)
      return null
    },

    'trust.readClientCertificate': ({ base64, passphrase }) => readClientCertificate(Buffer.from(base64, 'base64'), passphrase).facts,

    async 'network.facts'(server) {
      const [proxy, isMetered] = await Promise.all([routes.systemProxy(server), routes.isMetered()])
      return { systemProxy: proxy ? proxyName(proxy) : null, isMetered }
    },
  }
}
