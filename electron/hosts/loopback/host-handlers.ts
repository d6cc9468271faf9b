import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { logFolderName } from '../../../shared/domain/log-files.ts'
import type { HostHandlers, HostInfo } from '../../../shared/contract/host-contract.ts'
import { platformName, systemLanguage, userFullName } from '../system-user.ts'
import type { PresetFiles } from '../preset-files.ts'
import { openOutside } from './open-outside.ts'

export interface LoopbackFacts {
  readonly practice: boolean
  readonly secrets: HostInfo['secrets']
  readonly dataFolder: string
  readonly presets: PresetFiles
  /** Ends the program, as Ctrl+C does. */
  readonly quit: () => void
}

/** A browser is the desktop here: it opens links itself, and has no badge and no menu of ours. */
export function loopbackHandlers(origin: string, { practice, secrets, dataFolder, presets, quit }: LoopbackFacts): HostHandlers {
  return {
    'host.info': () => ({
      kind: 'loopback',
      platform: platformName(),
      contentBase: `${origin}/content`,
      userName: userFullName(),
      language: systemLanguage(),
      secrets,
      practice,
      hasNativeMenu: false,
    }),
    'host.openLink': () => null,
    'host.openSignInPage': () => null,
    'host.showLogs': () => {
      const folder = join(dataFolder, logFolderName)
      mkdirSync(folder, { recursive: true })
      openOutside(folder)
      return { folder }
    },
    'host.menuState': () => null,
    'host.setBadge': () => null,
    'host.takePreset': () => presets.next(),
    'host.quit': () => {
      quit()
      return null
    },
  }
}
