import type { InputOf } from '../../../shared/contract/define.ts'
import type { EngineCalls, EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { readClientCertificate } from '../accounts/client-certificate.ts'
import { type DoctorRun, runDoctor } from '../support/doctor.ts'
import type { DoctorPatient, PatientToken } from '../support/doctor-patient.ts'
import { type CheckedAccount, supportInformation } from '../support/support-information.ts'
import type { EngineParts } from './parts.ts'

type SupportApi = Pick<EngineHandlers, 'doctor.run' | 'support.information'>
type Checkup = InputOf<EngineCalls, 'doctor.run'>

export function supportApi(parts: EngineParts): SupportApi {
  /** The last one of each account name, for the support information. */
  const checked = new Map<string, CheckedAccount>()
  return {
    'support.information': () => ({ text: supportInformation(parts, [...checked.values()]) }),

    async 'doctor.run'(input, signal) {
      const patient = await patientOf(parts, input)
      const onStep: DoctorRun['onStep'] = (step) => parts.events.emit('doctorStep', { run: input.run, step })
      const report = await runDoctor({ patient, signal, sendsTest: input.testMessage, onStep })
      checked.set(report.account, { report, settings: patient.settings })
      return report
    },
  }
}

async function patientOf({ store, passwords, signIns, practice, routes }: EngineParts, input: Checkup): Promise<DoctorPatient> {
  const stored = input.account === null ? undefined : store.accounts.get(input.account)
  // The ports of practice servers are new with each start.
  const known = stored?.practice ? await practice.ready(stored) : stored
  const settings = known?.practice ? known : (input.settings ?? known)
  if (!settings) throw new MailError('bad-input', 'Which account? Neither one nor settings were given.')
  const token: PatientToken = async (signal, refused) => {
    if (input.oauthTicket !== undefined) return signIns.tokenOfTicket(input.oauthTicket)
    if (!stored) throw new MailError('oauth-missing', 'Nobody has signed in yet.')
    return signIns.tokens.current({ ...stored, ...settings }, { signal, refused })
  }
  const { proxyPassword, clientCertificate } = input.route ?? {}
  const packed = clientCertificate
    ? readClientCertificate(Buffer.from(clientCertificate.base64, 'base64'), clientCertificate.passphrase).packed
    : undefined
  const given = { proxyPassword, clientCertificate: packed }
  const find = (side: 'incoming' | 'outgoing') => (stored ? passwords.find(stored.id, side) : undefined)
  return {
    settings,
    token,
    route: (place) => routes.to(place, settings, stored?.id ?? null, given),
    passwords: {
      incoming: input.password ?? (await find('incoming')),
      outgoing: input.outgoingPassword ?? (await find('outgoing')),
    },
  }
}
