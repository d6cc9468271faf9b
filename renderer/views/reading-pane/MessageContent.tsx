import { useState } from 'react'
import type { Address, Message } from '../../../shared/domain/message.ts'
import { useServices } from '../../live/services.tsx'
import { fullDate } from '../../text/format.ts'
import { mainWords } from '../../text/main.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { Attachments } from './Attachments.tsx'
import { PlainText } from './PlainText.tsx'
import './reading-pane.css'

/** A message that is here: header strip, bars, text. */
export function MessageContent({ message }: { readonly message: Message }) {
  const { html } = message
  return (
    <article className="message" aria-label={message.envelope.subject || mainWords.noSubject}>
      <HeaderStrip key={message.summary.id} message={message} />
      {html?.hasRemoteContent && (
        <p className="info-bar">
          <Icon name="shield" />
          {mainWords.picturesBlocked}
        </p>
      )}
      {html ? <HtmlBody url={html.url} /> : <TextBody text={message.text} />}
    </article>
  )
}

function HeaderStrip({ message }: { readonly message: Message }) {
  const { envelope, summary, attachments } = message
  const { hostInfo } = useServices()
  return (
    <header className="message-head">
      <div className="message-head-row">
        <h2 className="message-subject selectable">{envelope.subject || mainWords.noSubject}</h2>
        {attachments.length > 0 && <Attachments attachments={attachments} />}
      </div>
      <div className="message-head-row">
        <p className="message-who selectable">
          <Writers list={envelope.from} />
          {envelope.to.length > 0 && (
            <>
              <span className="message-to"> {mainWords.to} </span>
              <Recipients list={envelope.to} />
            </>
          )}
          {envelope.cc.length > 0 && (
            <>
              <span className="message-to"> {mainWords.cc} </span>
              <Recipients list={envelope.cc} />
            </>
          )}
        </p>
        <p className="message-date selectable">{fullDate(envelope.sentAt ?? summary.receivedAt, hostInfo)}</p>
      </div>
    </header>
  )
}

/** The writer's address is always shown: a name alone can be anybody's. */
function Writers({ list }: { readonly list: readonly Address[] }) {
  if (list.length === 0) return <b>{mainWords.noSender}</b>
  return list.map((person, index) => (
    <span key={`${person.address}-${index}`} title={person.address}>
      {index > 0 && ', '}
      <b>{person.name || person.address}</b>
      {person.name && <span> &lt;{person.address}&gt;</span>}
    </span>
  ))
}

const fewRecipients = 8

/** A hundred recipients must not push the text away, unless somebody asks for them. */
function Recipients({ list }: { readonly list: readonly Address[] }) {
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll || list.length <= fewRecipients + 1 ? list : list.slice(0, fewRecipients)
  const rest = list.length - shown.length
  return (
    <>
      {shown.map((person, index) => (
        <span key={`${person.address}-${index}`} title={person.address}>
          {index > 0 && ', '}
          {person.name || person.address}
        </span>
      ))}
      {rest > 0 && (
        <>
          {' '}
          <button type="button" className="message-more" onClick={() => setShowsAll(true)}>
            {mainWords.moreRecipients(rest)}
          </button>
        </>
      )}
    </>
  )
}

function TextBody({ text }: { readonly text: string | null }) {
  return (
    <section className="message-body" data-message-scroll tabIndex={0} data-pane-focus aria-label={mainWords.messageBody}>
      {text?.trim() ? <PlainText text={text} /> : <p className="message-note">{mainWords.emptyMessage}</p>}
    </section>
  )
}

/** Somebody else's HTML: made safe by the engine, and shown in a frame of another origin where nothing runs. */
function HtmlBody({ url }: { readonly url: string }) {
  const { hostInfo } = useServices()
  return (
    <iframe
      key={url}
      className="message-frame"
      title={mainWords.messageBody}
      src={hostInfo.contentBase + url}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
    />
  )
}
