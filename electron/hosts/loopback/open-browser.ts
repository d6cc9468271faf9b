import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openOutside } from './open-outside.ts'

/**
 * Opens the address in the user's browser, by way of a file that only this user can read: arguments of a process can
 * be read by everyone on the machine, and the token is in the address. Returns what removes the file.
 */
export async function openBrowser(url: string, folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'open-postrider.html')
  await rm(file, { force: true })
  await writeFile(file, `<!doctype html><meta http-equiv="refresh" content="0; url=${url}"><title>Postrider</title>\n`, {
    mode: 0o600,
    flag: 'wx',
  })
  openOutside(pathToFileURL(file).href)
  return () => rm(file, { force: true })
}
