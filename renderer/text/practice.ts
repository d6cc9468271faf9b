import type { PracticeFault } from '../../shared/domain/practice.ts'

interface FaultText {
  readonly label: string
  /** What the program then meets. */
  readonly hint: string
}

/** The panel of practice mode. `&` stands before the access key. */
export const practiceText = {
  title: 'Practice Faults',
  note: 'Choose what goes wrong on the practice servers, then send and receive, open messages or check the account.',
  faults: 'What goes wrong',
  sendReceive: '&Send and Receive',
  close: 'Close',
  closeNote: 'When this panel is closed, everything works again.',
  choosing: 'Changing the practice servers...',
  failed: 'The practice servers could not be changed.',
  none: { label: '&Nothing: everything works', hint: 'Mail comes and goes as it should.' },
  certificate: { label: 'Wrong &certificate', hint: 'The servers show a certificate of somebody else.' },
  'port-closed': { label: '&Port closed', hint: 'Nothing answers on the ports of the servers.' },
  'no-starttls': { label: 'STARTTLS &missing', hint: 'The account wants a secure connection, the servers have none.' },
  'password-expired': { label: 'Password e&xpired', hint: 'The servers know the password, but do not take it any more.' },
  'mailbox-locked': { label: 'Mailbox &locked', hint: 'Another program has the mailbox open.' },
  'mailbox-full': { label: 'Mailbox &full', hint: 'Nothing can be sent or put into IMAP folders.' },
  slow: { label: 'Slo&w line', hint: 'Every answer takes its time.' },
  drops: { label: 'Server &drops the connection', hint: 'It hangs up in the middle of things.' },
} as const satisfies Record<PracticeFault, FaultText> & Record<string, string | FaultText>
