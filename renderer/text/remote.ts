import type { Forecast, Mark } from '../../shared/domain/pop3.ts'
import { sizeText } from './format.ts'

const number = (value: number) => value.toLocaleString()
const messages = (count: number) => `${number(count)} ${count === 1 ? 'message' : 'messages'}`
const days = (count: number) => `${number(count)} ${count === 1 ? 'day' : 'days'}`

/** What stands on a row, beside "Unread" or "Read". */
export const markStates: Readonly<Record<Mark, string>> = {
  retrieve: 'Marked to retrieve',
  'retrieve-copy': 'Marked to retrieve a copy',
  delete: 'Marked to delete on the server',
}

/** Messages of which only the header is here. */
export const remoteText = {
  toolbar: 'Remote',
  title: (count: number) => (count === 1 ? 'Message on the Server' : 'Messages on the Server'),
  onlyHeader: (count: number) =>
    count === 1 ? 'Only the header of this message is here.' : `Only the headers of these ${messages(count)} are here.`,
  restOnServer: 'The rest is still on the server.',
  from: 'From:',
  subject: 'Subject:',
  received: 'Received:',
  size: 'Size:',
  ask: (count: number) => (count === 1 ? 'What shall become of it?' : 'What shall become of them?'),
  choices: {
    retrieve: '&Retrieve, then delete from the server',
    'retrieve-copy': 'Retrieve a &copy and leave the message on the server',
    delete: '&Delete from the server without retrieving',
    none: '&Leave as is',
  } satisfies Record<Mark | 'none', string>,
  marked: {
    retrieve: 'At the next connection it is retrieved, then deleted from the server.',
    'retrieve-copy': 'At the next connection a copy is retrieved.',
    delete: 'At the next connection it is deleted from the server, without being retrieved.',
  } satisfies Record<Mark, string>,
  now: 'Retrieve No&w',
  later: 'At the Ne&xt Connection',
  close: 'OK',
  cancel: 'Cancel',
  offline: 'You are working offline: what you choose is done at the next connection.',
  failed: 'That could not be done.',
  retrieveCopy: 'Retrieve a Copy',
  retrieve: 'Retrieve and Delete from Server',
  markGroup: 'At the next connection:',
  unmark: 'Unmark',
  markedToDelete: (count: number) => `${messages(count)} marked: deleted from the server at the next connection.`,
} as const

/** The Remote Connection Wizard. */
export const connectionText = {
  title: 'Remote Connection Wizard',
  back: '< &Back',
  next: '&Next >',
  finish: '&Finish',
  cancel: 'Cancel',
  accountsHeading: 'Connection',
  accountsText: 'Choose the accounts to connect to.',
  accounts: 'Connect to:',
  confirm: '&Confirm before connecting',
  confirmHint: 'If this is not ticked, Connect does the same as the last time without asking.',
  jobsHeading: 'Actions',
  jobsText: 'Choose what shall be done while connected.',
  jobs: 'During this connection',
  everything: '&Retrieve and send all new mail',
  only: '&Do only the following:',
  headers: 'Retrieve new message &headers',
  headersVia: (account: string) => `Retrieve new message headers via ${account}`,
  marks: 'Carry out &marks',
  marksVia: (account: string) => `Carry out marks via ${account}`,
  counting: (job: string) => `${job} (counting...)`,
  noMarks: (job: string) => `${job} (nothing is marked)`,
  markCounts: (job: string, counts: Readonly<Record<Mark, number>>) => {
    const parts = [
      counts.retrieve > 0 && `retrieve ${number(counts.retrieve)}`,
      counts['retrieve-copy'] > 0 && `retrieve ${number(counts['retrieve-copy'])} as a copy`,
      counts.delete > 0 && `delete ${number(counts.delete)}`,
    ].filter(Boolean)
    return `${job}: ${parts.join(', ')}`
  },
  send: (subject: string) => `Send: ${subject}`,
  nothingToSend: 'Nothing waits in the Outbox for these accounts.',
  failed: 'The connection could not be started.',
} as const

/** What is about to leave a server (B8). */
export const forecastText = {
  title: (account: string) => `Deleting from the Server - ${account}`,
  question: (count: number, account: string) =>
    count > 0
      ? `May Postrider delete ${messages(count)} from the server of '${account}'?`
      : `May Postrider delete messages from the server of '${account}' when it is time?`,
  why: 'You are asked before the first deletion for an account, and again whenever its settings change what is deleted.',
  table: 'What will become of the messages on the server',
  onServer: 'On the server',
  fresh: 'New, not downloaded yet',
  now: 'Deleted with this connection',
  later: ({ days: after }: NonNullable<Forecast['deleteLater']>) => `Deleted ${days(after)} after their download`,
  never: 'Stay on the server',
  amount: (count: number, bytes?: number) =>
    bytes === undefined || count === 0 ? messages(count) : `${messages(count)}, ${sizeText(bytes)}`,
  ifYes:
    'Yes: these messages are deleted from the server, which can’t be undone. Each is safely stored on this computer first, unless you marked it to be deleted without being retrieved.',
  ifNo: 'No: nothing is deleted from the server. New mail is received all the same, and you are asked again the next time.',
  yes: '&Yes',
  no: '&No',
  more: (count: number) =>
    count === 1 ? 'One more account is waiting for an answer.' : `${number(count)} more accounts are waiting for an answer.`,
  failed: 'The answer could not be handed over.',
} as const
