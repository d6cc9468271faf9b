import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { GivenPreset } from '../../shared/contract/host-contract.ts'

const largestBytes = 1024 * 1024

/** Preset files named on the command line, until a window takes them; a later start hands its own to the one that runs. */
export class PresetFiles {
  readonly #waiting: string[] = []
  #tell: (() => void) | undefined

  /** `folder`: what a relative path starts from. */
  take(path: string | undefined, folder: string): void {
    if (path === undefined || path === '') return
    this.#waiting.push(resolve(folder, path))
    this.#tell?.()
  }

  /** Called when there is a window to be told; undefined when it has gone. */
  tellWith(tell: (() => void) | undefined): void {
    this.#tell = tell
    if (this.#waiting.length > 0) tell?.()
  }

  /** The next file; null: none is waiting. One that can't be read has no content, so that the window can say so. */
  async next(): Promise<GivenPreset | null> {
    const path = this.#waiting.shift()
    if (path === undefined) return null
    const name = basename(path)
    try {
      const { size } = await stat(path)
      return { name, base64: size > largestBytes ? null : (await readFile(path)).toString('base64') }
    } catch {
      return { name, base64: null } // missing, a folder, or not ours to read
    }
  }
}
