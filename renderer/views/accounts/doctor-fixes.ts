import type { DoctorAction } from '../../../shared/doctor/doctor.ts'
import type { FormEvent, PropertiesTab } from './account-form.ts'

/** What the doctor's advice changes in Properties; nothing where the user has to type. */
export function fixesFor(action: DoctorAction): readonly FormEvent[] {
  switch (action.kind) {
    case 'use-port':
      return [
        { type: 'security', side: action.side, value: action.security },
        { type: 'port', side: action.side, value: action.port },
      ]
    case 'try-host':
      return [{ type: action.side, change: { host: action.host } }]
    case 'try-user':
      return [{ type: action.side, change: { user: action.user } }]
    case 'switch-sign-in':
      if (action.side === 'outgoing') return [{ type: 'outgoing', change: { signIn: action.signIn } }]
      return action.signIn === 'none' ? [] : [{ type: 'incoming', change: { signIn: action.signIn } }]
    default:
      return []
  }
}

/** Where the change is seen, or is to be made. */
export function tabOfFix(action: DoctorAction): PropertiesTab {
  if (action.kind === 'open-page') return action.page
  return action.kind === 'use-port' ? 'advanced' : 'servers'
}
