// For tests: an SMTP server on a bare socket that does exactly what its script says, dropping the line included.
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'

/** The moments at which something can be made to happen. `data` is in the middle of the message, `dot` after its end. */
export type SmtpMoment = 'connect' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'data' | 'dot' | 'QUIT'

/** What to do then: answer (without line end; one by one, the last one again), cut the connection, or say nothing. */
export type SmtpDeed = { readonly reply: string | readonly string[] } | 'drop' | 'silence'

export interface ScriptedSmtp {
  readonly port: number
  /** Command lines in the order they came, without the message. */
  readonly lines: readonly string[]
  /** Bytes between DATA and the dot, as they were on the wire. */
  message(): string
  close(): Promise<void>
}

const usual: Readonly<Record<SmtpMoment, string>> = {
  connect: '220 scripted ESMTP',
  EHLO: '250-scripted\r\n250-8BITMIME\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 1000000',
  STARTTLS: '502 5.5.1 No such command',
  AUTH: '235 2.7.0 Welcome',
  MAIL: '250 2.1.0 Sender ok',
  RCPT: '250 2.1.5 Recipient ok',
  DATA: '354 Go ahead',
  data: '',
  dot: '250 2.0.0 Queued as 4711',
  QUIT: '221 2.0.0 Bye',
}

export async function scriptedSmtp(script: Partial<Record<SmtpMoment, SmtpDeed>> = {}): Promise<ScriptedSmtp> {
  const lines: string[] = []
  const open = new Set<Socket>()
  let message = ''
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {}) // The client may cut the line as well.
    const counts = new Map<SmtpMoment, number>()
    const act = (moment: SmtpMoment) => {
      const count = counts.get(moment) ?? 0
      counts.set(moment, count + 1)
      perform(socket, script[moment] ?? { reply: usual[moment] }, count)
    }
    act('connect')
    readDialogue(socket, {
      command(line) {
        lines.push(line)
        act(momentOf(line))
      },
      data(text) {
        message += text
        if (script.data) act('data')
      },
      end: () => act('dot'),
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    lines,
    message: () => message,
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A line that is no command can only be the next step of a log-on. */
function momentOf(line: string): SmtpMoment {
  const verb = line.split(' ')[0]?.toUpperCase() ?? ''
  return verb in usual ? (verb as SmtpMoment) : 'AUTH'
}

function perform(socket: Socket, deed: SmtpDeed, count: number): void {
  if (deed === 'silence') return
  if (deed === 'drop') {
    socket.destroy()
    return
  }
  const replies = [deed.reply].flat()
  const reply = replies[Math.min(count, replies.length - 1)]
  if (reply) socket.write(`${reply}\r\n`)
}

interface Dialogue {
  command(line: string): void
  data(text: string): void
  end(): void
}

const ending = '\r\n.\r\n'

function readDialogue(socket: Socket, on: Dialogue): void {
  let rest = ''
  let inMessage = false
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    rest += chunk
    for (;;) {
      const mark = inMessage ? ending : '\r\n'
      const at = rest.indexOf(mark)
      if (at < 0) break
      const piece = rest.slice(0, at)
      rest = rest.slice(at + mark.length)
      if (inMessage) {
        on.data(`${piece}\r\n`)
        inMessage = false
        on.end()
      } else {
        on.command(piece)
        inMessage = piece.toUpperCase() === 'DATA'
      }
      if (socket.destroyed) return
    }
    // A message that is long enough to come in pieces is reported as it comes, so that a script can cut in.
    if (inMessage && rest.length > 1_000) {
      on.data(rest.slice(0, -ending.length))
      rest = rest.slice(-ending.length)
    }
  })
}
