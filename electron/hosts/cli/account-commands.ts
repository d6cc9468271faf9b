import { readPresetFile } from '../../engine/accounts/presets.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { UsageError } from './arguments.ts'
import type { CliContext } from './cli-context.ts'

export async function addAccount({ engine, args, print }: CliContext): Promise<void> {
  if (args.preset === undefined) throw new UsageError('account add needs --preset <file>.')
  const settings = await readPresetFile(args.preset, {
    ...(args.email !== undefined && { address: args.email }),
    ...(args.displayName !== undefined && { name: args.displayName }),
  })
  const signal = AbortSignal.timeout(60_000)
  const account = await engine.handlers['accounts.add'](
    {
      settings,
      password: args.remember ? (process.env.POSTRIDER_PASSWORD ?? null) : null,
      outgoingPassword: args.remember ? (process.env.POSTRIDER_SMTP_PASSWORD ?? null) : null,
    },
    signal,
  )
  print(args.json ? JSON.stringify({ id: account.id, name: account.name }) : `Account "${account.name}" was added.`)
}

export function listAccounts({ engine, args, print }: CliContext): void {
  const accounts = engine.parts.store.accounts.list()
  if (args.json) {
    print(
      JSON.stringify(
        accounts.map(({ id, name, protocol, isDefault, identity, incoming, outgoing }) => ({
          id,
          name,
          protocol,
          isDefault,
          email: identity.address,
          incoming,
          outgoing,
        })),
      ),
    )
    return
  }
  for (const account of accounts) {
    const { incoming } = account
    print(
      `${account.name}\t${account.protocol}${account.isDefault ? ' (default)' : ''}\t${incoming.user} on ${incoming.host}:${incoming.port}`,
    )
  }
}

export async function removeAccount(context: CliContext, words: readonly string[]): Promise<void> {
  const account = accountNamed(context, words[0])
  await context.engine.handlers['accounts.remove']({ id: account.id }, AbortSignal.timeout(60_000))
  context.print(context.args.json ? '{}' : `Account "${account.name}" was removed.`)
}

export function accountNamed({ engine }: CliContext, name: string | undefined): Account {
  if (name === undefined) throw new UsageError('Which account? Give its name.')
  const account = engine.parts.store.accounts.findByName(name)
  if (!account) throw new MailError('bad-input', `There is no account "${name}".`)
  return account
}
