import type { MessageId } from '../../../shared/domain/ids.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'
import { accountNamed } from './account-commands.ts'
import { UsageError } from './arguments.ts'
import type { CliContext } from './cli-context.ts'

const marks: readonly string[] = ['retrieve', 'retrieve-copy', 'delete'] satisfies Mark[]

export function pop3Command(context: CliContext, [verb, ...words]: readonly string[]): void {
  if (verb === 'marks') listMarks(context)
  else if (verb === 'mark') setMark(context, words)
  else throw new UsageError('pop3 takes marks or mark.')
}

/** What the next connection will do with messages on POP3 servers. */
function listMarks(context: CliContext): void {
  const { engine, args, print } = context
  const { store } = engine.parts
  const accounts = args.account === undefined ? store.accounts.list() : [accountNamed(context, args.account)]
  for (const account of accounts.filter(({ protocol }) => protocol === 'pop3')) {
    for (const { uidl, mark, state, message, size } of store.uidls.known(account.id).values()) {
      if (mark === null) continue
      const subject = message === null ? '' : (store.messages.find(message)?.subject ?? '')
      if (args.json) print(JSON.stringify({ account: account.name, id: message, uidl, mark, state, size, subject }))
      else print(`${message ?? '-'}\t${mark}\t${size ?? '-'}\t${subject}`)
    }
  }
}

function setMark({ engine }: CliContext, [id = '', mark = '']: readonly string[]): void {
  if (!/^\d{1,15}$/.test(id) || !(marks.includes(mark) || mark === 'none')) {
    throw new UsageError('pop3 mark takes the id of a message and retrieve, retrieve-copy, delete or none.')
  }
  const { store } = engine.parts
  const message = Number(id) as MessageId
  store.messages.get(message)
  store.transaction(() => store.uidls.setMark([message], mark === 'none' ? null : (mark as Mark)))
}
