import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type LoggedProtocol, logFiles, logFolderName } from '../../../shared/domain/log-files.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { Logger } from '../log.ts'

/** A file of that size becomes the "old" one; so each protocol takes at most twice as much of the disk. */
const largestBytes = 5 * 1024 * 1024
/** Lines come in bursts; the disk is asked once for each. */
const everyMs = 500
/** A disk that does not keep up must not fill the memory. */
const mostWaiting = 20_000

export interface LogFilesParts {
  readonly dataFolder: string
  readonly log: Logger
  readonly largest?: number
}

/** The troubleshooting logs of Options > Maintenance: one file for each protocol, only while its box is ticked. */
export class LogFiles {
  readonly #folder: string
  readonly #log: Logger
  readonly #largest: number
  readonly #waiting = new Map<LoggedProtocol, string[]>()
  #on: ReadonlySet<LoggedProtocol> = new Set()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor({ dataFolder, log, largest = largestBytes }: LogFilesParts) {
    this.#folder = join(dataFolder, logFolderName)
    this.#log = log
    this.#largest = largest
  }

  /** Takes effect with the next line, on connections that are open already as well. */
  follow(settings: Settings): void {
    const all = ['POP3', 'IMAP', 'SMTP'] as const
    this.#on = new Set(all.filter((protocol) => settings[logFiles[protocol].setting]))
  }

  /** `line` comes from the guard that has taken the secrets out: `C: ...`, `S: ...` or a note. */
  write(protocol: LoggedProtocol, line: string, now: Date): void {
    if (!this.#on.has(protocol)) return
    const lines = this.#waiting.get(protocol) ?? []
    this.#waiting.set(protocol, lines)
    if (lines.length >= mostWaiting) return
    lines.push(`${protocol}: ${now.toTimeString().slice(0, 8)} ${inWordsOfTheOriginal(line)}\n`)
    this.#timer ??= setTimeout(() => void this.flush(), everyMs).unref()
  }

  /** Resolves when all that was written so far is on the disk. Never rejects: no mail stops because of its log. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    this.#writing = this.#writing.then(async () => {
      for (const [protocol, lines] of waiting) await this.#append(protocol, lines)
    })
    return this.#writing
  }

  async #append(protocol: LoggedProtocol, lines: readonly string[]): Promise<void> {
    const file = join(this.#folder, logFiles[protocol].file)
    try {
      await mkdir(this.#folder, { recursive: true })
      const size = await stat(file).then(
        (found) => found.size,
        () => 0, // There is none yet.
      )
      if (size > this.#largest) await rename(file, file.replace(/\.log$/, '.old.log'))
      await appendFile(file, lines.join(''), { mode: 0o600 })
    } catch (error) {
      this.#log.warn('a protocol log could not be written', { protocol, reason: String(error) })
    }
  }
}

/** The shape of the original's logs, which people know how to read: [tx] sent, [rx] received, [db] everything else. */
function inWordsOfTheOriginal(line: string): string {
  if (line.startsWith('C: ')) return `[tx] ${line.slice(3)}`
  if (line.startsWith('S: ')) return `[rx] ${line.slice(3)}`
  return `[db] ${line.replace(/^-- /, '')}`
}
