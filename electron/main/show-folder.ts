import { mkdirSync } from 'node:fs'
import { shell } from 'electron'

/** Shows a folder of ours in the system's file manager; without one, the window can still say where it is. */
export async function showFolder(folder: string): Promise<{ readonly folder: string }> {
  mkdirSync(folder, { recursive: true })
  await shell.openPath(folder)
  return { folder }
}
