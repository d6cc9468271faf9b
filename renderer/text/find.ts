import type { FindingSource, NothingFound } from '../../shared/domain/finding.ts'
import type { ErrorInfo } from '../../shared/errors/mail-error.ts'

/** The engine says in words what is wrong with a file. */
const withReason = (failed: string, { code, message }: ErrorInfo): string => (code === 'bad-input' ? `${failed} ${message}` : failed)

/** Finding settings, preset files, Import and Export. */
export const findText = {
  way: 'The mail servers',
  ways: {
    find: '&Find settings from my e-mail address',
    preset: '&Open a preset file',
    hand: 'By &hand',
  },
  addressHint: 'Only the part behind the @ is told to anybody, and never a password.',
  fileLabel: 'Preset file:',
  noFile: 'None chosen yet',
  choose: '&Choose File...',
  fileKinds: 'From your help desk or provider: .json, .xml (autoconfig), .mobileconfig or .iaf. A password in it is not used.',
  openFailed: (error: ErrorInfo) => withReason('The preset file could not be opened.', error),
  tooLarge: 'The file is larger than 1 MB: this is no preset file.',
  unreadable: (name: string) => `${name} could not be read: it is not there, or larger than 1 MB.`,
  policyName: (organization: string) => `policy.json (${organization})`,
  policyFailed: 'The settings of your organization could not be used.',
  searching: (domain: string) => `Looking for the settings of ${domain}...`,
  searchingNote: "Postrider asks the provider, its own list and the Internet's directory. This takes three seconds at most.",
  stop: '&Stop looking',
  searchFailed: 'The settings could not be looked for.',
  origin: {
    autoconfig: (from: string) => `${from} publishes these settings.`,
    'provider-list': (from: string) => `${from} is in Postrider's list of mail providers, with these settings.`,
    dns: (from: string) => `The Internet's directory names the servers of ${from} for this address.`,
    guess: (from: string) =>
      `Nobody publishes settings for ${from}. These servers have usual names and answered; ask your provider whether they are right.`,
    file: (from: string) => `These settings are from the file ${from}.`,
  } satisfies Record<FindingSource | 'file', (from: string) => string>,
  lookFirst: 'Look at the servers before you go on: they will get your password.',
  trust: 'The file also brings certificates that this account will trust.',
  nothing: {
    'not-known': (domain: string) => `No settings are known for ${domain}.`,
    'too-slow': (domain: string) => `Nobody answered in time about ${domain}.`,
    'no-network': (domain: string) => `Nobody could be asked about ${domain}: check your connection to the Internet.`,
    offline: (domain: string) => `You are working offline, and ${domain} is not in Postrider's list of mail providers.`,
  } satisfies Record<NothingFound, (domain: string) => string>,
  byHand: 'Type the servers that your mail provider or help desk has given you.',
  import: '&Import...',
  export: '&Export...',
  importFailed: (error: ErrorInfo) => withReason('The account could not be imported.', error),
  exportTitle: (name: string) => `Export ${name}`,
  exportFormat: 'Kind of file',
  formats: {
    json: '&Postrider preset (.json): everything but the passwords',
    autoconfig: '&Autoconfig (.xml): the servers, for other mail programs too',
  },
  exportNote: 'Passwords are never in it.',
  save: '&Save',
  cancel: 'Cancel',
  exportFailed: 'The account could not be exported.',
} as const
