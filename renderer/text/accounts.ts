import type { IncomingProtocol, Security } from '../../shared/domain/account.ts'
import type { NameProblem } from '../../shared/domain/name-checks.ts'
import type { OptionsForecast } from '../../shared/domain/pop3.ts'
import { sizeText } from './format.ts'

/** `&` stands before the access key. Labels of the original are kept word for word. */
export const protocolNames: Readonly<Record<IncomingProtocol, string>> = { pop3: 'POP3', imap: 'IMAP' }

export const securityNames: Readonly<Record<Security, string>> = {
  tls: 'SSL/TLS',
  starttls: 'STARTTLS',
  none: 'None',
}

export const plainTextWarning = 'Without a secure connection, others on the way can read your password and your mail.'

export const wizardText = {
  title: 'Internet Connection Wizard',
  back: '< &Back',
  next: '&Next >',
  finish: '&Finish',
  cancel: 'Cancel',
  pages: {
    name: {
      heading: 'Your Name',
      explanation: 'When you send e-mail, your name will appear in the From field of the outgoing message.',
    },
    address: {
      heading: 'Internet E-mail Address',
      explanation: 'Your e-mail address is the address other people use to send e-mail messages to you.',
    },
    servers: { heading: 'E-mail Server Names', explanation: 'The servers that bring and take your mail. Your help desk knows them.' },
    logon: { heading: 'Internet Mail Logon', explanation: 'The account name and password that your mail provider has given you.' },
    done: { heading: 'Congratulations', explanation: 'You have entered all that is needed to set up your account.' },
  },
  displayName: '&Display name:',
  displayNameExample: 'For example: John Smith',
  address: '&E-mail address:',
  addressExample: 'For example: someone@example.com',
  serverType: 'My incoming mail &server is a',
  incoming: '&Incoming mail (POP3 or IMAP) server:',
  outgoing: '&Outgoing mail (SMTP) server:',
  outgoingHint: 'SMTP is the server that is used for your outgoing e-mail.',
  moreSettings: 'More settings',
  moreSettingsSummary: (incoming: string, outgoing: string) => `Incoming ${incoming}, outgoing ${outgoing}`,
  secureIncoming: 'Secure connection, incoming:',
  secureOutgoing: 'Secure connection, outgoing:',
  port: 'Port:',
  accountName: '&Account name:',
  accountNameHint: 'As your provider gave it: jdoe, jdoe@example.com, CORP\\jdoe or CORP/jdoe/jdoe.',
  password: '&Password:',
  rememberPassword: 'Remember pass&word',
  rememberOff: 'You will be asked for the password when the server wants it.',
  spa: 'Log on using Secure Password Au&thentication (SPA)',
  leaveCopy: '&Leave a copy of messages on server',
  practice: 'Just trying? Use the practice mail instead',
  done: 'To save these settings, click Finish. Nothing has been checked with the servers yet: that happens now with Check these settings, or when mail is fetched for the first time.',
  check: 'Check these &settings',
  summary: {
    name: 'Name',
    address: 'E-mail address',
    incoming: (protocol: string) => `Incoming mail (${protocol})`,
    outgoing: 'Outgoing mail (SMTP)',
    user: 'Account name',
    server: (host: string, port: number, security: string) => `${host}, port ${port}, ${security}`,
    noSecurity: 'not secure',
  },
  sendAndReceive: 'Send and &receive now',
  failed: 'The account could not be saved.',
  practiceFailed: 'The practice mail could not be started.',
  cancelQuestion: 'Leave the wizard? What you have typed will be lost.',
  leave: '&Leave',
  stay: '&Stay',
} as const

export const accountsText = {
  title: 'Internet Accounts',
  tabs: { all: 'All', mail: 'Mail' },
  list: 'Accounts',
  columns: { account: 'Account', type: 'Type', connection: 'Connection' },
  typeMail: 'mail',
  typeMailDefault: 'mail (default)',
  anyConnection: 'Any available',
  add: '&Add',
  addMail: '&Mail...',
  remove: '&Remove',
  properties: '&Properties',
  setDefault: 'Set as &Default',
  close: 'Close',
  empty: 'There are no accounts yet. Choose Add to set one up.',
  removeQuestion: (name: string) => `Are you sure you want to delete the '${name}' account?`,
  removeNote: {
    pop3: 'Mail that has already been received stays in Local Folders. Nothing is deleted on the server.',
    imap: 'The folders of this account and their copies on this computer go with it. Nothing is deleted on the server.',
  } satisfies Record<IncomingProtocol, string>,
  yes: '&Yes',
  no: '&No',
  cancel: 'Cancel',
  removeFailed: 'The account could not be removed.',
  defaultFailed: 'The default account could not be changed.',
  downloadQuestion: 'Would you like to download folders for the mail server you added?',
  downloadNote: (name: string) => `This asks ${name} for its list of folders, not for the mail in them.`,
  downloading: (name: string) => `Downloading the list of folders from ${name}...`,
  downloadFailed: (name: string) => `The list of folders of ${name} could not be downloaded.`,
  tryAgain: '&Try again',
  stop: '&Stop',
} as const

export const propertiesText = {
  title: (name: string) => `${name} Properties`,
  tabs: { general: 'General', servers: 'Servers', connection: 'Connection', security: 'Security', advanced: 'Advanced', imap: 'IMAP' },
  ok: 'OK',
  cancel: 'Cancel',
  apply: '&Apply',
  failed: 'The changes could not be saved.',
  mailAccount: 'Mail Account',
  mailAccountHint: 'The name by which you refer to this account, such as "Work".',
  accountLabel: 'Mail account',
  userInformation: 'User Information',
  name: '&Name:',
  organization: '&Organization:',
  address: 'E-&mail address:',
  replyTo: '&Reply address:',
  receiving: 'Receiving',
  include: '&Include this account when receiving mail or synchronizing',
  serverInformation: 'Server Information',
  serverType: {
    pop3: 'My incoming mail server is a POP3 server.',
    imap: 'My incoming mail server is an IMAP server.',
  } satisfies Record<IncomingProtocol, string>,
  incoming: (protocol: string) => `&Incoming mail (${protocol}):`,
  outgoing: 'O&utgoing mail (SMTP):',
  incomingServer: 'Incoming Mail Server',
  accountName: 'A&ccount name:',
  password: '&Password:',
  passwordKept: '••••••••',
  passwordHint: 'Type here only to change the stored password.',
  rememberOff: 'You will be asked for the password when the server wants it.',
  rememberPassword: 'Remember pass&word',
  spa: '&Log on using Secure Password Authentication',
  outgoingSpa: 'Log on using &Secure Password Authentication',
  outgoingServer: 'Outgoing Mail Server',
  requiresAuthentication: 'My ser&ver requires authentication',
  settings: '&Settings...',
  check: 'Chec&k...',
  outgoingTitle: 'Outgoing Mail Server',
  logonInformation: 'Logon Information',
  sameSettings: '&Use same settings as my incoming mail server',
  logonUsing: '&Log on using',
  ports: 'Server Port Numbers',
  outgoingPort: 'Outgoing mail (SMTP):',
  incomingPort: (protocol: string) => `Incoming mail (${protocol}):`,
  useDefaults: 'Use &Defaults',
  secure: 'This server requires a secure connection (SSL):',
  timeouts: 'Server Timeouts',
  timeout: 'Server timeout',
  timeoutEnds: ['Short', 'Long'],
  delivery: 'Delivery',
  leaveCopy: '&Leave a copy of messages on server',
  removeAfter: '&Remove from server after',
  days: 'day(s)',
  removeWhenDeleted: "Re&move from server when deleted from 'Deleted Items'",
  headersOnly: 'Download &headers only',
  headersOnlyHint: 'The rest of a message stays on the server until you ask for it (Tools > Remote Mail).',
  maxDownload: 'Do not download messages larger &than',
  kb: 'KB',
  maxDownloadHint: 'Of a larger message only the header is downloaded.',
  deleteQuestion: (count: number) =>
    `${count.toLocaleString()} ${count === 1 ? 'message that you already have will be deleted' : 'messages that you already have will be deleted'} from the server at the next connection.`,
  deleteQuestionUnknown: 'Messages that you already have will be deleted from the server at the next connection.',
  onServer: ({ messages, bytes }: OptionsForecast['onServer']) =>
    `On the server at the last connection: ${messages.toLocaleString()} ${messages === 1 ? 'message' : 'messages'}, ${sizeText(bytes)}.`,
  deleteNote: 'They stay on this computer. Before the first deletion you are shown what will go, and asked once more.',
  deleteYes: '&Delete Them',
  deleteNo: '&Leave a Copy',
  folders: 'Folders',
  rootFolder: 'Root &folder path:',
  rootFolderHint: 'Empty, unless your help desk says otherwise.',
  checkAll: 'C&heck for new messages in all folders',
  specialFolders: 'Special Folders',
  storeSpecial: '&Store special folders on IMAP server',
  sentPath: 'Sent &Items path:',
  draftsPath: '&Drafts path:',
  asServerSays: 'As the server says',
  tabHasMistake: 'has a mistake',
  locked: 'Set by your organization',
} as const

/** 30 to 300 seconds in words: "1 minute 30 seconds". */
export function durationInWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  const parts = [minutes > 0 && plural(minutes, 'minute'), rest > 0 && plural(rest, 'second')]
  return parts.filter(Boolean).join(' ')
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const nameRules = {
  server: 'A server name has letters, digits, hyphens and dots.',
  ip: 'An IP address has four numbers from 0 to 255, such as 192.0.2.17.',
  address: 'An e-mail address has the form someone@example.com.',
} as const

const emptyTexts = {
  name: 'Type a name.',
  address: 'Type an e-mail address.',
  replyTo: 'Type an e-mail address.',
  incoming: 'Type the name of the incoming server.',
  outgoing: 'Type the name of the outgoing server.',
  incomingHost: 'Type the name of the incoming server.',
  outgoingHost: 'Type the name of the outgoing server.',
  user: 'Type the account name.',
  outgoingUser: 'Choose Settings and type an account name.',
  proxyHost: 'Type the name of the proxy.',
  rootFolder: '',
  sentFolder: '',
  draftsFolder: '',
  deletedFolder: '',
  junkFolder: '',
  archiveFolder: '',
} as const
/** Fields of the wizard and of Properties that are checked. */
export type CheckedField = keyof typeof emptyTexts

/** What is wrong in a field. */
export function problemText(field: CheckedField, { kind }: NameProblem): string {
  if (kind === 'empty') return emptyTexts[field]
  if (kind === 'too-long') return 'This is too long.'
  if (kind === 'separator') return 'A path must not end with a separator.'
  if (kind === 'bad-ip') return nameRules.ip
  return field === 'address' || field === 'replyTo' ? nameRules.address : nameRules.server
}

/** The button that puts in what was probably meant. */
export const acceptSuggestion = (suggestion: string): string => `Did you mean ${suggestion}?`
