import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

let delivered = 0

/** Puts a message into `new/` the way the Maildir rules demand: written elsewhere first, then moved. Lines end with LF in there. Returns the file. */
export function writeToMaildir(maildir: string, raw: Buffer): string {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(path.join(maildir, part), { recursive: true })
  delivered += 1
  const content = Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
  const name = `${Math.floor(Date.now() / 1000)}.M${String(delivered).padStart(6, '0')}P${process.pid}.lab`
  writeFileSync(path.join(maildir, 'tmp', name), content)
  const file = path.join(maildir, 'new', name)
  renameSync(path.join(maildir, 'tmp', name), file)
  return file
}

/** Raw messages in order of arrival, with CRLF as on the wire. A folder that does not exist is empty. */
export function readMaildir(maildir: string): readonly Buffer[] {
  const files = ['new', 'cur'].flatMap((part) =>
    list(path.join(maildir, part)).map((name) => ({ name, file: path.join(maildir, part, name) })),
  )
  return files
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ file }) => Buffer.from(readFileSync(file, 'latin1').replace(/\r?\n/g, '\r\n'), 'latin1'))
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Made by the server with the first message.
    return []
  }
}
