import type { AccountId } from './ids.ts'

/**
 * What the next connection does with a message on a POP3 server. It belongs to the UIDL, never to a message number.
 * `retrieve`: download, then delete on the server; `retrieve-copy`: download and leave; `delete`: never download, only delete.
 */
export type Mark = 'retrieve' | 'retrieve-copy' | 'delete'

/** How many messages of an account carry a mark that no connection has carried out yet. */
export interface MarkCount {
  readonly account: AccountId
  readonly marks: Readonly<Record<Mark, number>>
}

/** What is about to leave a server (B8). Counted after LIST and UIDL of the connection that asks. */
export interface Forecast {
  readonly account: AccountId
  readonly accountName: string
  readonly serverMessages: number
  readonly serverBytes: number
  /** Not known here yet. */
  readonly newMessages: number
  readonly newBytes: number
  /** Leave the server with this connection, new ones included once they are safe here. */
  readonly deleteNow: number
  readonly deleteNowBytes: number
  /** Stay for now and leave the server that many days after their download. */
  readonly deleteLater: { readonly days: number; readonly count: number } | null
  /** Stay on the server. */
  readonly never: number
}

export interface ForecastRequest {
  readonly request: number
  readonly forecast: Forecast
}

/** What a change of an account's options would do, from what is known without asking the server. */
export interface OptionsForecast {
  /** Messages that are here and would be deleted from the server at the next connection, and are not deleted with today's options. */
  readonly heldOnServer: number
  /** What was on the server at the last connection, as far as it is known here. */
  readonly onServer: { readonly messages: number; readonly bytes: number }
}
