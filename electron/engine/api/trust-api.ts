import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { readClientCertificate } from '../accounts/client-certificate.ts'
import { proxyName } from '../protocol/proxy.ts'
import type { EngineParts } from './parts.ts'

type TrustApi = Pick<EngineHandlers, 'trust.pending' | 'trust.answer' | 'trust.pin' | 'trust.readClientCertificate' | 'network.facts'>

/** Whom connections trust, what they show, and which way they take. */
export function trustApi({ trust, routes }: EngineParts): TrustApi {
  return {
    'trust.pending': () => trust.pending(),

    'trust.answer'({ request, accept }) {
      trust.answer(request, accept)
      return null
    },

    'trust.pin'({ id, pin }) {
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
