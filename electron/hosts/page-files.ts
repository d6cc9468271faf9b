import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { contentType, pageFile } from '../../shared/policy.ts'

export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly type: string
  /** Its name carries a hash of its content. */
  readonly isImmutable: boolean
}

/** The built page by URL path. */
export type PageFiles = (urlPath: string) => PageFile | undefined

/**
 * Reads the whole page into memory, about a megabyte: the first window waits for no disk, a build under a running
 * program cannot mix two versions, and no request path ever reaches the file system.
 */
export async function loadPage(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, PageFile>()
  await Promise.all(
    entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        const name = relative(folder, path).split(sep).join('/')
        files.set(name, { body: new Uint8Array(await readFile(path)), type: contentType(name), isImmutable: name.startsWith('assets/') })
      }),
  )
  return (urlPath) => {
    const name = pageFile(urlPath)
    return name === undefined ? undefined : files.get(name)
  }
}
