import { MailError, type ErrorCode } from '../../../shared/errors/mail-error.ts'

/** Primary result codes, https://www.sqlite.org/rescode.html */
const sqliteCodes: Readonly<Record<number, ErrorCode>> = {
  3: 'store-not-writable', // PERM
  5: 'store-in-use', // BUSY
  6: 'store-in-use', // LOCKED
  8: 'store-not-writable', // READONLY
  10: 'store-not-writable', // IOERR
  11: 'store-damaged', // CORRUPT
  13: 'store-full', // FULL
  14: 'store-not-writable', // CANTOPEN
  23: 'store-not-writable', // AUTH
  26: 'store-damaged', // NOTADB
}
/** Extended codes of IOERR that come from a disk without room: the shared-memory file could not grow. */
const ioErrorShmSize = 4874
const systemCodes: Readonly<Record<string, ErrorCode>> = { ENOSPC: 'store-full', EDQUOT: 'store-full' }

/** What SQLite or the file system threw, as one of our codes. A MailError passes unchanged; anything else is a bug of ours. */
export function toStoreError(error: unknown, path: string): unknown {
  if (error instanceof MailError || !(error instanceof Error)) return error
  const code = sqliteCode(error) ?? systemCode(error)
  return code === undefined ? error : new MailError(code, `${code}: ${error.message}`, { path }, error)
}

function sqliteCode(error: Error): ErrorCode | undefined {
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode === ioErrorShmSize ? 'store-full' : sqliteCodes[error.errcode & 0xff]
}

function systemCode(error: Error): ErrorCode | undefined {
  if (!('syscall' in error) || !('code' in error)) return undefined
  return systemCodes[String(error.code)] ?? 'store-not-writable'
}
