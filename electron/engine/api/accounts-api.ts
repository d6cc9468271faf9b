import type { Account } from '../../../shared/domain/account.ts'
import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { keepRoute, withOwnCertificate } from '../accounts/own-certificate.ts'
import { keyOf } from '../sync/pop3-consent.ts'
import type { EngineParts } from './parts.ts'

type AccountsApi = Pick<
  EngineHandlers,
  | 'accounts.list'
  | 'accounts.add'
  | 'accounts.update'
  | 'accounts.remove'
  | 'accounts.setDefault'
  | 'accounts.storedPasswords'
  | 'logon.pending'
  | 'logon.answer'
  | 'practice.start'
>

export function accountsApi({ store, passwords, signIns, practice, routes, policy, watch, work, protocolLog }: EngineParts): AccountsApi {
  async function keepPasswords(account: Account, password: string | null, outgoingPassword: string | null): Promise<void> {
    if (password !== null) await passwords.set(account.id, 'incoming', password, account.incoming.rememberPassword)
    else if (!account.incoming.rememberPassword) await passwords.unremember(account.id, 'incoming')
    if (!account.incoming.rememberPassword) await signIns.tokens.unremember(account.id)
    if (outgoingPassword !== null) await passwords.set(account.id, 'outgoing', outgoingPassword, account.outgoing.rememberPassword)
    else if (!account.outgoing.rememberPassword) await passwords.unremember(account.id, 'outgoing')
  }

  return {
    'accounts.list': () => store.accounts.list(),

    async 'accounts.add'({ settings, password, outgoingPassword, oauthTicket, route = {} }) {
      const own = withOwnCertificate(policy.admit(settings), route, undefined)
      const account = store.transaction(() => store.accounts.add(own.settings))
      await keepRoute(routes, account.id, own, route)
      await keepPasswords(account, password, outgoingPassword)
      if (oauthTicket !== undefined) await signIns.claim(oauthTicket, account)
      return account
    },

    async 'accounts.update'({ id, settings, password, outgoingPassword, route = {} }) {
      const known = store.accounts.get(id)
      const own = withOwnCertificate(policy.allow(known, settings), route, known)
      const account = store.transaction(() => {
        const before = keyOf(store.accounts.get(id).pop3)
        if (keyOf(settings.pop3) !== before) {
          store.uidls.reconsider(id, settings.pop3.removeWhenDeleted)
          store.pop3Accounts.forgetAgreed(id)
        }
        return store.accounts.update(id, own.settings)
      })
      // A kept connection still speaks to the old server under the old name.
      watch.stop(id)
      work.connections.close(id)
      await keepPasswords(account, password, outgoingPassword)
      if (account.incoming.signIn !== 'oauth2') await signIns.tokens.forget(id)
      await keepRoute(routes, id, own, route)
      return account
    },

    async 'accounts.remove'({ id }) {
      policy.allowRemoval(store.accounts.get(id))
      watch.stop(id)
      work.connections.close(id)
      store.transaction(() => store.accounts.remove(id))
      await passwords.forget(id)
      await routes.forget(id)
      await signIns.tokens.forget(id)
      protocolLog.forget(id)
      return null
    },

    'accounts.setDefault'({ id }) {
      store.transaction(() => store.accounts.setDefault(id))
      return null
    },

    async 'accounts.storedPasswords'({ id }) {
      const [incoming, outgoing] = await Promise.all([passwords.find(id, 'incoming'), passwords.find(id, 'outgoing')])
      return { incoming: incoming !== undefined, outgoing: outgoing !== undefined }
    },

    'logon.pending': () => passwords.pending(),

    'logon.answer'({ request, answer }) {
      passwords.answer(request, answer ?? undefined)
      return null
    },

    async 'practice.start'() {
      return { accounts: await practice.start() }
    },
  }
}
