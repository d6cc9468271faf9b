import type { MessageSummary } from '../../../shared/domain/message.ts'
import { useServices } from '../../live/services.tsx'
import { fullDate, sizeText } from '../../text/format.ts'
import { mainWords } from '../../text/main.ts'
import { remoteText as text } from '../../text/remote.ts'

/** What a header says of its message. */
export function RemoteFacts({ row }: { readonly row: MessageSummary }) {
  const { hostInfo } = useServices()
  const facts = [
    [text.from, row.from || mainWords.noSender],
    [text.subject, row.subject || mainWords.noSubject],
    [text.received, fullDate(row.receivedAt, hostInfo)],
    [text.size, sizeText(row.size)],
  ] as const
  return (
    <dl className="remote-facts selectable">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
