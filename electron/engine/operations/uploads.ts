import { randomBytes } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Clock } from '../ports.ts'

const keepMs = 7 * 24 * 3_600_000
const maxBytes = 200_000_000

/**
 * Files that a compose window attached, kept until the message is stored. They stay some days, because a text that
 * was saved by the window itself after a crash still refers to them.
 */
export class Uploads {
  readonly #folder: string
  readonly #clock: Clock

  constructor(dataFolder: string, clock: Clock) {
    this.#folder = join(dataFolder, 'uploads')
    this.#clock = clock
  }

  /** Adds a piece; undefined starts a new file. Pieces of one file come one after another. */
  async append(upload: string | null, piece: Buffer): Promise<{ readonly upload: string; readonly size: number }> {
    const id = upload ?? randomBytes(18).toString('base64url')
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const path = this.#path(id)
    if (upload !== null && !(await sizeOf(path))) throw new MailError('bad-input', 'This attachment is not here any more. Attach it again.')
    await appendFile(path, piece, { mode: 0o600 })
    const size = (await sizeOf(path)) ?? 0
    if (size > maxBytes) {
      await rm(path, { force: true })
      throw new MailError('bad-input', 'Attachments of more than 200 MB can not be sent by mail.')
    }
    return { upload: id, size }
  }

  async read(upload: string): Promise<Buffer> {
    try {
      return await readFile(this.#path(upload))
    } catch (cause) {
      throw new MailError('bad-input', 'An attached file is not here any more. Attach it again.', {}, cause)
    }
  }

  /** Removes what has been left behind. Not on the way of the start. */
  async sweep(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => [] /* there is no such folder before the first attachment */)
    for (const name of names) {
      const path = join(this.#folder, name)
      const { mtimeMs } = await stat(path)
      if (this.#clock.now() - mtimeMs > keepMs) await rm(path, { force: true })
    }
  }

  #path(id: string): string {
    if (!/^[\w-]{16,64}$/.test(id)) throw new MailError('bad-input', 'This is not the name of an attachment.')
    return join(this.#folder, id)
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size
}
