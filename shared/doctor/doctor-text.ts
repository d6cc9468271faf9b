import { errorText } from '../errors/error-text.ts'
import type { DoctorAction, DoctorReport, DoctorSide, DoctorStep, DoctorStepName } from './doctor.ts'

export const stepTexts: Readonly<Record<DoctorStepName, string>> = {
  find: 'Find the server',
  connect: 'Connect',
  secure: 'Secure the line',
  greeting: 'Greeting',
  abilities: 'Abilities',
  'log-on': 'Log on',
  mailbox: 'Mailbox', // words: the name that help desks have for it
  'send-test': 'Send test message',
  'find-test': 'Find test message',
}

export const sideTexts: Readonly<Record<DoctorSide, string>> = { incoming: 'Incoming mail', outgoing: 'Outgoing mail' }

export const stateTexts: Readonly<Record<DoctorStep['state'], string>> = {
  waiting: 'not checked',
  running: 'checking',
  passed: 'passed',
  failed: 'failed',
  skipped: 'not needed',
}

const securityTexts = { tls: 'SSL/TLS', starttls: 'STARTTLS', none: 'no secure connection' } as const
const signInTexts = {
  password: 'Switch Secure Password Authentication off',
  spa: 'Log on using Secure Password Authentication',
  none: 'Send without logging on',
} as const

/** What a link says that does it. */
export function actionText(action: DoctorAction): string {
  switch (action.kind) {
    case 'use-port':
      return `Use port ${action.port} with ${securityTexts[action.security]}`
    case 'try-host':
      return `Try ${action.host}`
    case 'try-user':
      return `Try ${action.user} as the account name`
    case 'switch-sign-in':
      return signInTexts[action.signIn]
    case 'retype-password':
      return 'Type the password again'
    case 'sign-in-again':
      return 'Sign in with the browser'
    case 'open-properties':
      return 'Change the settings of this server'
    case 'open-page':
      return action.page === 'connection' ? "Change the account's proxy" : 'Choose a client certificate'
    case 'show-certificate':
      return 'Look at the certificate'
    case 'try-later':
      return 'Try again in a few minutes'
    case 'ask':
      return `Ask your ${action.who}`
  }
}

/** 12 ms, 1.2 s. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** All of it as text, for a mail to the help desk and for the command line. */
export function reportText(report: DoctorReport): string {
  const { account, problem, steps, log } = report
  const halves = (['incoming', 'outgoing'] as const).flatMap((side) => [
    `${sideTexts[side]}: ${report.servers[side]}`,
    ...steps.filter((step) => step.side === side).map(stepLine),
    '',
  ])
  const end = problem ? problemLines(problem) : ['Everything works.']
  const protocol = log.length === 0 ? [] : ['', 'Protocol (secrets removed):', ...log]
  return [`Connection check of ${account}, ${durationText(report.ms)}`, '', ...halves, ...end, ...protocol].join('\n')
}

function stepLine({ name, state, text, ms }: DoctorStep): string {
  const time = ms === null ? '' : durationText(ms)
  return `  ${stepTexts[name].padEnd(16)} ${stateTexts[state].padEnd(11)} ${time.padStart(7)}  ${text}`.trimEnd()
}

function problemLines({ error, actions }: NonNullable<DoctorReport['problem']>): readonly string[] {
  const { spoken, why, what, details } = errorText(error)
  const facts = details.map(([label, value]) => `  ${label}: ${value}`)
  return [`${spoken}: ${why} ${what}`, ...actions.map((action) => `  > ${actionText(action)}`), ...facts]
}
