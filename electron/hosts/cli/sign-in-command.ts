import type { OAuthStep } from '../../../shared/domain/oauth.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { accountNamed } from './account-commands.ts'
import { UsageError } from './arguments.ts'
import type { CliContext } from './cli-context.ts'

/** Signing in with the browser (OAuth 2.0): where to go stands on standard error, for this computer or, with --code, for any other. */
export async function signIn(context: CliContext, words: readonly string[]): Promise<void> {
  const { engine, args, note, print } = context
  if (!args.remember) throw new UsageError('account sign-in needs --remember: the sign-in would end with this command.')
  const account = accountNamed(context, words[0])
  if (!account.oauth) throw new MailError('bad-input', `The account "${account.name}" does not sign in with the browser.`)
  const run = 'cli'
  const stop = engine.on('oauthStep', ({ step }) => tell(step, note))
  const { oauth, protocol } = account
  const wish = { run, account: account.id, oauth, protocol, user: account.incoming.user, way: args.code ? 'code' : 'browser' } as const
  try {
    await engine.handlers['oauth.signIn'](wish, new AbortController().signal)
  } finally {
    stop()
  }
  print(args.json ? JSON.stringify({ id: account.id, signedIn: true }) : `You are signed in for "${account.name}".`)
}

function tell(step: OAuthStep, note: CliContext['note']): void {
  if (step.kind === 'page') note(`Open this page in a browser on this computer:\n${step.url}`)
  if (step.kind === 'code') note(`Open ${step.url} on any device and enter the code ${step.code}`)
}
