import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, MessageChannelMain, shell, type IpcMainEvent, type MessagePortMain } from 'electron'
import { hostCalls, type HostCalls, type HostEvents, type HostHandlers, type HostInfo } from '../../../shared/contract/host-contract.ts'
import { logFolderName } from '../../../shared/domain/log-files.ts'
import type { PayloadOf } from '../../../shared/contract/define.ts'
import { serve, type Served } from '../../../shared/contract/serve.ts'
import type { PresetFiles } from '../../hosts/preset-files.ts'
import { platformName, systemLanguage, userFullName } from '../../hosts/system-user.ts'
import { joinWires, portWire } from '../../hosts/wires.ts'
import type { EngineThread } from '../../hosts/worker/start-engine.ts'
import { contentOrigin, isPage } from '../addresses.ts'
import { openLink } from '../open-link.ts'
import { showFolder } from '../show-folder.ts'
import { mainPortWire } from '../relay.ts'

export interface ConnectionOptions {
  readonly engine: Promise<Pick<EngineThread, 'connect'>>
  readonly secrets: Promise<HostInfo['secrets']>
  readonly practice: boolean
  readonly dataFolder: string
  readonly presets: PresetFiles
  /** The focused window says which commands it allows and shows as ticked. */
  readonly onMenuState: (window: BrowserWindow, enabled: readonly string[], checked: readonly string[]) => void
  /** A window of ours can be told things from now on. */
  readonly onConnected: (window: BrowserWindow) => void
}

/** Ports for our windows: one to the engine, one to this process. Nothing but the top frame of our own page gets any. */
export class Connections {
  readonly #options: ConnectionOptions
  readonly #hosts = new Map<BrowserWindow, Served<HostEvents>>()

  constructor(options: ConnectionOptions) {
    this.#options = options
    ipcMain.on('postrider:connect', (event) => this.#connect(event))
  }

  /** Tells one window something; does nothing when it has not connected. */
  tell<N extends keyof HostEvents>(window: BrowserWindow, name: N, payload: PayloadOf<HostEvents, N>): void {
    this.#hosts.get(window)?.emit(name, payload)
  }

  #connect(event: IpcMainEvent): void {
    const frame = event.senderFrame
    const window = BrowserWindow.fromWebContents(event.sender)
    if (!frame || !window || frame.parent !== null || !isPage(frame.url)) return
    const engine = new MessageChannelMain()
    const host = new MessageChannelMain()
    this.#joinEngine(engine.port1)
    this.#serveHost(window, host.port1)
    frame.postMessage('postrider:ports', null, [engine.port2, host.port2])
  }

  #joinEngine(port: MessagePortMain): void {
    this.#options.engine.then(
      (engine) => joinWires(mainPortWire(port), portWire(engine.connect())),
      () => port.close(), // main shows why the engine did not start
    )
  }

  #serveHost(window: BrowserWindow, port: MessagePortMain): void {
    const wire = mainPortWire(port)
    const served = serve<HostCalls, HostEvents>(hostCalls, this.#handlers(window), wire)
    this.#hosts.set(window, served)
    wire.onClose(() => {
      if (this.#hosts.get(window) === served) this.#hosts.delete(window)
    })
    this.#options.onConnected(window)
  }

  #handlers(window: BrowserWindow): HostHandlers {
    const { secrets, practice, presets, dataFolder, onMenuState } = this.#options
    return {
      'host.info': async () => ({
        kind: 'electron',
        platform: platformName(),
        contentBase: contentOrigin,
        userName: userFullName(),
        language: app.getLocale() || systemLanguage(),
        secrets: await secrets,
        practice,
        hasNativeMenu: process.platform === 'darwin',
      }),
      'host.openLink': ({ url }) => {
        void openLink(window, url)
        return null
      },
      'host.showLogs': () => showFolder(join(dataFolder, logFolderName)),
      'host.openSignInPage': async ({ url }) => {
        await shell.openExternal(new URL(url).href)
        return null
      },
      'host.menuState': ({ enabled, checked }) => {
        onMenuState(window, enabled, checked)
        return null
      },
      'host.setBadge': ({ unread }) => {
        app.setBadgeCount(unread)
        return null
      },
      'host.takePreset': () => presets.next(),
      'host.quit': () => {
        app.quit()
        return null
      },
    }
  }
}
