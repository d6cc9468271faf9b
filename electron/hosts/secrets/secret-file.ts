import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { randomUUID } from 'node:crypto'
import { MailError } from '../../../shared/errors/mail-error.ts'

/** A map of texts in one JSON file that only this user can read. Changes are written whole, one after another. */
export interface SecretFile {
  get(key: string): Promise<string | undefined>
  /** undefined removes the entry. */
  set(key: string, value: string | undefined): Promise<void>
}

export function secretFile(path: string): SecretFile {
  let entries: Promise<Map<string, string>> | undefined
  let lastWrite: Promise<void> = Promise.resolve()
  const load = () => (entries ??= read(path))

  async function change(key: string, value: string | undefined): Promise<void> {
    const known = await load()
    const next = new Map(known)
    if (value === undefined) next.delete(key)
    else next.set(key, value)
    await write(path, next)
    // Only now: what could not be written must not look as if it were kept.
    entries = Promise.resolve(next)
  }

  return {
    get: async (key) => (await load()).get(key),
    set(key, value) {
      const done = lastWrite.then(() => change(key, value))
      lastWrite = done.catch(() => {}) // the caller gets the error; the next write must still run
      return done
    },
  }
}

async function read(path: string): Promise<Map<string, string>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  const content: unknown = JSON.parse(text)
  if (typeof content !== 'object' || content === null) throw new MailError('store-damaged', 'The file of passwords is damaged.', { path })
  return new Map(Object.entries(content).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** Beside the old file, then over it: a crash leaves one of both, never half. */
async function write(path: string, entries: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${randomUUID()}`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await chmod(beside, 0o600)
  await rename(beside, path)
}
