// A few lines of IMAP that owe nothing to the program under test: what "another mail program" did to the mailbox.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface ImapHands {
  /** Any command. Returns the untagged answers, without line ends; what a literal held follows its line. Throws what the server refused. */
  command(text: string): Promise<readonly string[]>
  /** Byte for byte, many at once (MULTIAPPEND). */
  append(folder: string, ...messages: readonly AppendedMessage[]): Promise<void>
  /** All messages of a folder in order of their uids. Does not mark them as read. */
  messages(folder: string): Promise<readonly Buffer[]>
  close(): void
}

export interface AppendedMessage {
  readonly raw: Buffer
  /** As IMAP writes them: `\Seen \Flagged`. */
  readonly flags?: string
}

export interface ImapLogOn {
  readonly port: number
  readonly user: string
  readonly password: string
}

/** Signs in without encryption. Folder names are IMAP's own (modified UTF-7), with the server's delimiter. */
export async function openImapHands({ port, user, password }: ImapLogOn): Promise<ImapHands> {
  const socket = connect(port, '127.0.0.1')
  const answers = readAnswers(socket)
  await answers.next()
  const exchange = (...parts: readonly (string | Buffer)[]) => {
    // In one piece: between two small ones the system waits for 40 ms.
    socket.write(Buffer.concat([...parts.map((part) => Buffer.from(part)), Buffer.from('\r\n')]))
    return collect(answers, String(parts[0]))
  }
  const command = async (text: string) => (await exchange(`a ${text}`)).map(String)
  await command(`LOGIN "${user}" "${password}"`)
  return {
    command,
    append: async (folder, ...messages) => {
      const parts = messages.flatMap(({ raw, flags = '' }) => [` (${flags}) {${raw.length}+}\r\n`, raw])
      await exchange(`a APPEND "${folder}"`, ...parts)
    },
    messages: async (folder) => {
      await command(`EXAMINE "${folder}"`)
      const found = await exchange('a UID FETCH 1:* BODY.PEEK[]')
      return found.filter((_, index) => found[index - 1]?.toString('latin1').endsWith('}'))
    },
    close: () => socket.destroy(),
  }
}

async function collect(answers: AsyncIterator<Buffer>, command: string): Promise<readonly Buffer[]> {
  const untagged: Buffer[] = []
  for (;;) {
    const { value, done } = await answers.next()
    if (done === true) throw new Error(`The connection ended during ${nameOf(command)}.`)
    const line = value.toString('latin1')
    if (line.startsWith('a OK')) return untagged
    if (line.startsWith('a ')) throw new Error(`${nameOf(command)}: ${line.slice(2)}`)
    untagged.push(value)
  }
}

/** Without its arguments: one of them may be a password. */
function nameOf(command: string): string {
  return command.split(' ').slice(1, 2).join('')
}

/** Lines and literals in turn; a line that announces a literal ends with `{n}`. */
async function* readAnswers(socket: Socket): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  let isOver = false
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    isOver = true
    socket.emit('more')
  })
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    socket.emit('more')
  })
  const take = (length: number, skip = 0) => {
    const taken = rest.subarray(0, length)
    rest = rest.subarray(length + skip)
    return taken
  }
  for (;;) {
    while (!rest.includes('\r\n')) {
      if (isOver) return
      await once(socket, 'more')
    }
    const line = take(rest.indexOf('\r\n'), 2)
    yield line
    const [, length] = /\{(\d+)\}$/.exec(line.toString('latin1')) ?? []
    if (length === undefined) continue
    while (rest.length < Number(length)) {
      if (isOver) return
      await once(socket, 'more')
    }
    yield take(Number(length))
  }
}
