import { BrowserWindow } from 'electron'
import { pageOrigin } from '../addresses.ts'
import { keepWindowState, readWindowState } from './window-state.ts'
import { hardened, keepRules } from './window-rules.ts'

const usualSize = { width: 1100, height: 760 }

export function openMainWindow(stateFile: string): BrowserWindow {
  const { bounds, isMaximized } = readWindowState(stateFile)
  const window = new BrowserWindow({
    ...hardened,
    ...(bounds ?? usualSize),
    minWidth: 480,
    minHeight: 320,
    show: false,
    title: 'Postrider',
  })
  keepRules(window)
  keepWindowState(window, stateFile)
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize()
    window.show()
  })
  void window.loadURL(`${pageOrigin}/index.html`)
  return window
}
