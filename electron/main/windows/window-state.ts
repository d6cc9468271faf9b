import { readFileSync, writeFileSync } from 'node:fs'
import { screen, type BrowserWindow, type Rectangle } from 'electron'

export interface WindowState {
  readonly bounds: Rectangle | undefined
  readonly isMaximized: boolean
}

const unknown: WindowState = { bounds: undefined, isMaximized: false }

/** Where the window stood last time, if that place is still on a screen. After 'ready' only. */
export function readWindowState(file: string): WindowState {
  try {
    const { bounds, isMaximized } = JSON.parse(readFileSync(file, 'utf8')) as Partial<WindowState>
    return { bounds: bounds && isOnScreen(bounds) ? bounds : undefined, isMaximized: isMaximized === true }
  } catch {
    return unknown // the first start, or a file that is no use any more
  }
}

export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(file, JSON.stringify(state))
    } catch {
      // The disk is full or read-only: the window opens in its usual place next time.
    }
  })
}

/** Enough of its title bar must be visible to take hold of. */
function isOnScreen({ x, y, width, height }: Rectangle): boolean {
  if (![x, y, width, height].every(Number.isFinite) || width < 200 || height < 150) return false
  return screen.getAllDisplays().some(({ workArea }) => {
    const isAcross = x + width > workArea.x + 100 && x < workArea.x + workArea.width - 100
    return isAcross && y >= workArea.y - 10 && y < workArea.y + workArea.height - 40
  })
}
