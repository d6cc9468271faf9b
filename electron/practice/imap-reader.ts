import type { Duplex } from 'node:stream'

/** The client has gone, or we hung up. */
export class ConnectionEnded extends Error {}

/** Lines and literals from a socket, asked for one by one. */
export class ImapReader {
  #pending: Buffer = Buffer.alloc(0)
  #isEnded = false
  #wake: () => void = () => {}

  constructor(socket: Duplex) {
    this.listenTo(socket)
  }

  /** Also for the encrypted socket after STARTTLS: what came in clear text before is forgotten. */
  listenTo(socket: Duplex): void {
    this.#pending = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      this.#pending = Buffer.concat([this.#pending, chunk])
      this.#wake()
    })
    for (const event of ['end', 'close', 'error']) {
      socket.on(event, () => {
        this.#isEnded = true
        this.#wake()
      })
    }
  }

  /** Without its line break. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#pending.indexOf('\n')
      if (end >= 0) return this.#take(end + 1).replace(/\r?\n$/, '')
      await this.#more()
    }
  }

  /** A whole command, `{n}` of literals and their bytes included; one character per byte. */
  async command(goOn: () => void): Promise<string> {
    let text = ''
    for (;;) {
      const line = await this.line()
      const literal = /\{(\d+)(\+?)\}$/.exec(line)
      text += line
      if (!literal) return text
      if (literal[2] === '') goOn()
      text += `\r\n${await this.#bytes(Number(literal[1]))}`
    }
  }

  async #bytes(count: number): Promise<string> {
    while (this.#pending.length < count) await this.#more()
    return this.#take(count)
  }

  #take(count: number): string {
    const text = this.#pending.toString('latin1', 0, count)
    this.#pending = this.#pending.subarray(count)
    return text
  }

  async #more(): Promise<void> {
    if (this.#isEnded) throw new ConnectionEnded('The connection has ended.')
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
  }
}
