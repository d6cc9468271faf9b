import { setImmediate } from 'node:timers/promises'
import type { Duplex } from 'node:stream'
import type { ImapFaults } from './imap-faults.ts'
import { ConnectionEnded } from './imap-reader.ts'

/** What a connection is sent, with the faults that befall it there. */
export class ImapOutput {
  #socket: Duplex
  readonly #faults: ImapFaults
  #sent = 0
  #isCut = false
  #slowly: Promise<void> = Promise.resolve()

  constructor(socket: Duplex, faults: ImapFaults) {
    this.#socket = socket
    this.#faults = faults
  }

  writeTo(socket: Duplex): void {
    this.#socket = socket
  }

  /** One character per byte. Throws ConnectionEnded when the line is cut. */
  send(text: string): void {
    if (this.#isCut) throw new ConnectionEnded('The connection was cut.')
    const { dropAfterBytes = Number.POSITIVE_INFINITY } = this.#faults
    const left = dropAfterBytes - this.#sent
    this.#sent += text.length
    if (text.length < left) return this.#write(Buffer.from(text, 'latin1'))
    this.#write(Buffer.from(text.slice(0, Math.max(0, left)), 'latin1'))
    this.cut()
    throw new ConnectionEnded('The connection was cut.')
  }

  /** The answer to FETCH for one message. */
  sendMessage(uid: number, text: string): void {
    const { dropInLiteral } = this.#faults
    const body = /BODY\[\](?:<\d+>)? \{\d+\}\r\n/.exec(text)
    if (dropInLiteral?.uid !== uid || !body) return this.send(text)
    this.send(text.slice(0, body.index + body[0].length + dropInLiteral.afterBytes))
    this.cut()
    throw new ConnectionEnded('The connection was cut.')
  }

  /** What was sent before still arrives. */
  cut(): void {
    this.#isCut = true
    void this.#slowly.then(() => this.#socket.end())
  }

  #write(bytes: Buffer): void {
    const { pieceBytes } = this.#faults
    if (pieceBytes === undefined) this.#socket.write(bytes)
    else this.#slowly = this.#slowly.then(() => this.#inPieces(bytes, pieceBytes))
  }

  async #inPieces(bytes: Buffer, size: number): Promise<void> {
    for (let at = 0; at < bytes.length && !this.#socket.destroyed; at += size) {
      this.#socket.write(bytes.subarray(at, at + size))
      await setImmediate()
    }
  }
}
