import { accounts } from './accounts.ts'
import { browserSignIn } from './browser-sign-in.ts'
import { composing } from './composing.ts'
import { doctor } from './doctor.ts'
import { firstSteps } from './first-steps.ts'
import { imapFolders } from './imap-folders.ts'
import { longTexts } from './long-texts.ts'
import { manual } from './manual.ts'
import { options } from './options.ts'
import { practice } from './practice.ts'
import { reading } from './reading.ts'
import { remoteMail } from './remote-mail.ts'
import { transfers } from './transfers.ts'
import type { Walk } from './walk.ts'

export const walks: Readonly<Record<string, Walk>> = {
  'the first steps': firstSteps,
  'the main window and reading': reading,
  'Internet Accounts': accounts,
  options,
  'the manual': manual,
  'practice faults': practice,
  'signing in with the browser': browserSignIn,
  composing,
  'the connection doctor': doctor,
  'Send and Receive': transfers,
  'remote mail': remoteMail,
  'IMAP folders': imapFolders,
  'long texts': longTexts,
}
