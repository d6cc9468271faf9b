import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly folder: string
  grow(megabytes: number): void
  /** When nothing on it is open any more. */
  remove(): void
}

/** A disk of its own that is soon full. undefined: only root may make one, and only on Linux. */
export function makeSmallDisk(megabytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'postrider-disk-'))
  const mount = (...options: readonly string[]) => execFileSync('mount', [...options, folder], { stdio: 'ignore' })
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs')
  } catch {
    rmdirSync(folder) // root in a container need not be allowed to mount
    return undefined
  }
  return {
    folder,
    grow: (size) => void mount('-o', `remount,size=${size}m`),
    remove: () => {
      execFileSync('umount', [folder])
      rmdirSync(folder)
    },
  }
}
