import { createHash } from 'node:crypto'
import { constants, zstdDecompressSync } from 'node:zlib'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { BodyFiles } from './body-files.ts'
import { BodyWriter } from './body-writer.ts'
import { hashOf, pack, type PackedBody } from './packed-body.ts'
import { type Sql, sql } from './sql.ts'

/** Where the raw bytes of a message are found. */
export interface BodyRef {
  /** SHA-256 of the raw bytes, 64 lower-case hex digits. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
}

/** Larger messages are files: SQLite would copy them through its log, and a backup of the database would carry them. */
const largestBlob = 256 * 1024
const encodings = { plain: 0, zstd: 1 } as const

interface StoredBody {
  readonly size: number
  readonly encoding: number
  readonly content: Uint8Array
}

/**
 * Raw messages, byte for byte, found by their hash. What was put is on disk when the call returns, so it
 * comes before the row that points to it; a crash in between leaves a body that nobody points to.
 */
export class MessageBodies {
  readonly #sql: Sql
  readonly #files: BodyFiles
  readonly #indexSeq: () => number
  /** Put by this process, perhaps not pointed to yet: no clean-up may take them away. */
  readonly #fresh = new Set<string>()
  #isOwn = false

  constructor(bodies: Sql, files: BodyFiles, indexSeq: () => number) {
    this.#sql = bodies
    this.#files = files
    this.#indexSeq = indexSeq
  }

  /**
   * Whether these are the bodies of this very index. An index that was lost, or restored from an old copy, knows nothing
   * of mail that is only here: from then on nothing may ever be taken for unwanted.
   */
  adopt(storeId: string, seq: number): boolean {
    const owner = this.#sql.get<{ store_id: string; seq: number }>(sql`SELECT store_id, seq FROM body_owner`)
    if (!owner) this.#sql.run(sql`INSERT INTO body_owner (id, store_id, seq) VALUES (1, ${storeId}, ${seq})`)
    this.#isOwn = !owner || (owner.store_id === storeId && owner.seq <= seq)
    if (!this.#isOwn) this.#sql.run(sql`UPDATE body_owner SET store_id = ''`)
    return this.#isOwn
  }

  /** False: see `adopt`. */
  get isOwn(): boolean {
    return this.#isOwn
  }

  put(raw: Uint8Array): BodyRef {
    const [ref] = this.putMany([raw])
    if (!ref) throw new MailError('bug', 'A body was not stored.')
    return ref
  }

  /** One durable commit for all of them: this is what makes fetching thousands of small messages fast. */
  putMany(raws: readonly Uint8Array[]): BodyRef[] {
    return this.putPacked(raws.map((raw) => ({ raw, hash: hashOf(raw), packed: undefined })))
  }

  /** The same for what has been packed already; undefined: not yet. */
  putPacked(bodies: readonly (Omit<PackedBody, 'packed'> & { readonly packed: PackedBody['packed'] | undefined })[]): BodyRef[] {
    for (const { hash } of bodies) this.#fresh.add(hash)
    const small = bodies.filter(({ raw }) => raw.length <= largestBlob)
    for (const { raw, hash } of bodies) if (raw.length > largestBlob) this.#files.put(hash, raw)
    if (small.length > 0) this.#write(() => small.forEach(({ raw, hash, packed }) => this.#insert(raw, hash, packed)))
    return bodies.map(({ raw, hash }) => ({ hash, size: raw.length }))
  }

  /** For a body that arrives in pieces: a large one goes to its file at once, so that memory does not grow with its size. */
  writer(): BodyWriter {
    return new BodyWriter(largestBlob, {
      begin: () => this.#files.begin(),
      announce: (hash) => this.#fresh.add(hash),
    })
  }

  /** Reads it back and compares. Throws as `read` does, and needs little memory whatever its size. */
  verify(body: BodyRef): void {
    if (body.size <= largestBlob || !this.#files.has(body.hash)) {
      this.read(body)
      return
    }
    const hasher = createHash('sha256')
    for (const piece of this.#files.readPieces(body.hash)) hasher.update(piece)
    if (hasher.digest('hex') !== body.hash) throw new MailError('store-damaged', `The body ${body.hash} has changed.`)
  }

  /** The exact bytes that were put. Throws `store-damaged` when they are not there or not the same. */
  read(body: BodyRef | string): Buffer {
    const hash = typeof body === 'string' ? body : body.hash
    const raw = this.#find(hash)
    if (!raw) throw new MailError('store-damaged', `The body ${hash} is missing.`)
    if (hashOf(raw) !== hash) throw new MailError('store-damaged', `The body ${hash} has changed.`)
    return raw
  }

  has(hash: string): boolean {
    return this.#sql.get(sql`SELECT 1 FROM body WHERE hash = ${toKey(hash)}`) !== undefined || this.#files.has(hash)
  }

  /** From now on the index points to it, so a later clean-up will ask the index. */
  claimed(hash: string): void {
    this.#fresh.delete(hash)
  }

  /** Forgets bodies that nobody points to any more; those just put stay. Returns how many went. */
  removeMany(hashes: readonly string[]): number {
    const unwanted = hashes.filter((hash) => !this.#fresh.has(hash))
    if (unwanted.length === 0) return 0
    this.#write(() => {
      for (const hash of unwanted) this.#sql.run(sql`DELETE FROM body WHERE hash = ${toKey(hash)}`)
    })
    for (const hash of unwanted) this.#files.remove(hash)
    return unwanted.length
  }

  /** Hashes in the order of storing, after the given position, for going through all of them piece by piece. */
  listAfter(id: number, count: number): { readonly id: number; readonly hash: string }[] {
    const rows = this.#sql.all<{ id: number; hash: Uint8Array }>(sql`SELECT id, hash FROM body WHERE id > ${id} ORDER BY id LIMIT ${count}`)
    return rows.map((row) => ({ id: row.id, hash: Buffer.from(row.hash).toString('hex') }))
  }

  /** Hashes of those that are files; takes away what a dead process left half written. */
  listFiles(): string[] {
    this.#files.removeUnfinished()
    return this.#files.list()
  }

  #find(hash: string): Buffer | undefined {
    const stored = this.#sql.get<StoredBody>(sql`SELECT size, encoding, content FROM body WHERE hash = ${toKey(hash)}`)
    return stored ? decode(stored, hash) : this.#files.find(hash)
  }

  #insert(raw: Uint8Array, hash: string, packedBefore: Uint8Array | null | undefined): void {
    const key = toKey(hash)
    if (this.#sql.get(sql`SELECT 1 FROM body WHERE hash = ${key}`)) return
    const packed = packedBefore === undefined ? pack(raw) : packedBefore
    this.#sql.run(sql`
      INSERT INTO body (hash, size, encoding, content)
      VALUES (${key}, ${raw.length}, ${packed ? encodings.zstd : encodings.plain}, ${packed ?? raw})`)
  }

  #write(work: () => void): void {
    this.#sql.exec('BEGIN IMMEDIATE')
    try {
      work()
      this.#sql.run(sql`UPDATE body_owner SET seq = max(seq, ${this.#indexSeq()})`)
      this.#sql.exec('COMMIT')
    } finally {
      if (this.#sql.isInTransaction) this.#sql.exec('ROLLBACK')
    }
  }
}

function toKey(hash: string): Buffer {
  return Buffer.from(hash, 'hex')
}

function decode({ size, encoding, content }: StoredBody, hash: string): Buffer {
  if (encoding === encodings.plain) return Buffer.from(content)
  try {
    return zstdDecompressSync(content, { maxOutputLength: Math.max(size, 1), params: { [constants.ZSTD_d_windowLogMax]: 27 } })
  } catch (error) {
    throw new MailError('store-damaged', `The body ${hash} can't be unpacked.`, {}, error)
  }
}
