import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export interface DataChoice {
  /** As given with --data. */
  readonly data: string | undefined
  readonly practice: boolean
}

/** Where the mail lies: the same folder for every host. Practice mail is kept apart from one's own. */
export function dataFolder({ data, practice }: DataChoice): string {
  const folder = data === undefined ? defaultDataFolder() : resolve(data)
  return practice ? `${folder}-practice` : folder
}

/** Where the program keeps its data when nobody says otherwise. */
export function defaultDataFolder(): string {
  if (process.platform === 'win32') return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Postrider')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Postrider')
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'Postrider')
}
