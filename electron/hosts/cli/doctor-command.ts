import type { DoctorReport } from '../../../shared/doctor/doctor.ts'
import { reportText } from '../../../shared/doctor/doctor-text.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import { fromErrorInfo } from '../../../shared/errors/mail-error.ts'
import { accountNamed } from './account-commands.ts'
import type { CliContext } from './cli-context.ts'

/** The connection doctor for one account, or for all of them; the first failure decides about the exit code. */
export async function checkAccounts(context: CliContext): Promise<void> {
  const { engine, args, print } = context
  const accounts = args.account === undefined ? engine.parts.store.accounts.list() : [accountNamed(context, args.account)]
  const reports: DoctorReport[] = []
  for (const { id } of accounts) {
    const input = {
      ...{ run: `cli-${id}`, account: id, settings: null },
      password: process.env.POSTRIDER_PASSWORD ?? null,
      outgoingPassword: process.env.POSTRIDER_SMTP_PASSWORD ?? null,
    }
    const report = await engine.handlers['doctor.run'](input, AbortSignal.timeout(60_000))
    reports.push(report)
    if (!args.json) print(`${reportText(report)}\n`)
  }
  if (args.json) print(JSON.stringify({ accounts: reports.map(asJson) }))
  const problem = reports.find((report) => report.problem)?.problem
  if (problem) throw fromErrorInfo(problem.error)
}

function asJson({ account, servers, steps, problem, ms }: DoctorReport) {
  const code = problem && errorText(problem.error).spoken
  return { account, servers, steps, ms: Math.round(ms), problem: problem && { ...problem, code } }
}
