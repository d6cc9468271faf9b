import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { toStoreError } from './sqlite-errors.ts'

const pieceLength = 256 * 1024

/** Large raw messages as files `ab/<sha256>`. Whatever bears its final name is complete and on disk. */
export class BodyFiles {
  readonly #folder: string
  #unfinished = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  put(hash: string, raw: Uint8Array): void {
    const path = this.#path(hash)
    if (existsSync(path)) return
    const part = join(this.#folder, `${process.pid}-${(this.#unfinished += 1)}.part`)
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      writeDurably(part, raw)
      this.#name(part, hash)
    } catch (error) {
      rmSync(part, { force: true })
      throw toStoreError(error, this.#folder)
    }
  }

  /** A file that grows piece by piece and gets its name at its end. */
  begin(): PartFile {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      return new PartFile(join(this.#folder, `${process.pid}-${(this.#unfinished += 1)}.part`), (part, hash) => this.#name(part, hash))
    } catch (error) {
      throw toStoreError(error, this.#folder)
    }
  }

  /** In pieces, for what need not be in memory at once. */
  *readPieces(hash: string): Generator<Buffer> {
    const file = openSync(this.#path(hash), 'r')
    try {
      const piece = Buffer.allocUnsafe(pieceLength)
      for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) yield piece.subarray(0, count)
    } finally {
      closeSync(file)
    }
  }

  /** undefined: there is no such file. */
  find(hash: string): Buffer | undefined {
    if (!this.has(hash)) return undefined
    try {
      return readFileSync(this.#path(hash))
    } catch (error) {
      throw toStoreError(error, this.#path(hash))
    }
  }

  has(hash: string): boolean {
    return existsSync(this.#path(hash))
  }

  remove(hash: string): void {
    rmSync(this.#path(hash), { force: true })
  }

  /** Hashes of all files. */
  list(): string[] {
    if (!existsSync(this.#folder)) return []
    return readdirSync(this.#folder)
      .filter((name) => /^[0-9a-f]{2}$/.test(name))
      .flatMap((name) => readdirSync(join(this.#folder, name)))
  }

  /** Takes away what a dead process left half written. Only for the holder of the store's lock. */
  removeUnfinished(): void {
    if (!existsSync(this.#folder)) return
    const unfinished = readdirSync(this.#folder).filter((name) => name.endsWith('.part') && !name.startsWith(`${process.pid}-`))
    for (const name of unfinished) rmSync(join(this.#folder, name), { force: true })
  }

  #name(part: string, hash: string): void {
    const path = this.#path(hash)
    mkdirSync(join(this.#folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 })
    renameSync(part, path)
    // The name is an entry of its folder, and the folder one of its parent: both must reach the disk too.
    syncFolder(join(this.#folder, hash.slice(0, 2)))
    syncFolder(this.#folder)
  }

  #path(hash: string): string {
    // It becomes part of a path: nothing but a hash may.
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new MailError('bug', 'That is not the hash of a body.')
    return join(this.#folder, hash.slice(0, 2), hash)
  }
}

/** A body on its way to the disk. */
export class PartFile {
  readonly #path: string
  readonly #finish: (part: string, hash: string) => void
  #file: number | undefined

  constructor(path: string, finish: (part: string, hash: string) => void) {
    this.#path = path
    this.#finish = finish
    this.#file = openSync(path, 'w', 0o600)
  }

  write(bytes: Uint8Array): void {
    const file = this.#open()
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    } catch (error) {
      throw toStoreError(error, this.#path)
    }
  }

  /** It is on the disk under its hash when this returns. */
  keep(hash: string): void {
    try {
      fsyncSync(this.#open())
      this.#close()
      this.#finish(this.#path, hash)
    } catch (error) {
      this.discard()
      throw toStoreError(error, this.#path)
    }
  }

  discard(): void {
    this.#close()
    rmSync(this.#path, { force: true })
  }

  #open(): number {
    if (this.#file === undefined) throw new MailError('bug', 'The file of a body is closed.')
    return this.#file
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600)
  try {
    // One write may take less than it was given.
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncFolder(path: string): void {
  // Windows can't open a folder for this, and its journal keeps names by itself.
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
