import { fileURLToPath } from 'node:url'
import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from 'electron'
import { isContent, isPage } from '../addresses.ts'
import { openLink } from '../open-link.ts'

/** What every window of ours is made with, child windows included. */
export const hardened: BrowserWindowConstructorOptions = {
  autoHideMenuBar: true,
  webPreferences: {
    preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: false,
    navigateOnDragDrop: false,
    webviewTag: false,
  },
}

/** A window shows our page and nothing else; frames in it show message content; everything else goes outside, or nowhere. */
export function keepRules(window: BrowserWindow): void {
  const contents = window.webContents
  contents.setWindowOpenHandler(({ url }) => {
    if (isPage(url)) return { action: 'allow', overrideBrowserWindowOptions: hardened }
    void openLink(window, url)
    return { action: 'deny' }
  })
  contents.on('did-create-window', keepRules)
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame || !isContent(event.url)) event.preventDefault()
  })
  // A click on a link of a message, in a frame that may not navigate.
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Electron grants every permission that nobody refuses. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === 'clipboard-sanitized-write'))
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
}
