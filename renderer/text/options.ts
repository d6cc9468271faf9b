/** `&` stands before the access key. Labels of the original are kept word for word. */
export const optionsText = {
  title: 'Options',
  ok: 'OK',
  cancel: 'Cancel',
  apply: '&Apply',
  failed: 'The options could not be saved.',
  unreadable: 'The options could not be read.',
  tabs: { general: 'General', read: 'Read', send: 'Send', maintenance: 'Maintenance' },
  locked: 'Set by your organization',

  sendReceive: 'Send / Receive Messages',
  atStartup: 'Send and receive messages at &startup',
  every: '&Check for new messages every',
  everyUnit: 'minute(s)',
  everyField: 'Minutes between checks',
  everyHint: 'Never while you work offline. What fails then shows in the status bar and does not interrupt you.',

  reading: 'Reading Messages',
  markRead: '&Mark message read after displaying for',
  markReadUnit: 'second(s)',
  markReadField: 'Seconds until a message counts as read',

  sending: 'Sending',
  immediately: 'Send messages &immediately',
  immediatelyHint: 'Otherwise they wait in the Outbox until the next Send and Receive.',
  quote: 'Include message in re&ply',

  cleaning: 'Cleaning Up Messages',
  purgeOnLeave: '&Purge deleted messages when leaving IMAP folders',
  purgeOnLeaveHint: 'What is marked as deleted there then goes for ever.',

  logs: 'Troubleshooting',
  logsNote: 'Keep a log of what is said to mail servers:',
  logPop3: '&Mail (POP3)',
  logImap: '&IMAP',
  logSmtp: '&SMTP',
  logsHint: 'Passwords and the text of messages are left out. A log takes at most 10 MB.',
  showLogs: 'Show &Log Files',
  logsAt: (folder: string) => `They are in ${folder}`,
  showFailed: 'The folder of the log files could not be shown.',
} as const
