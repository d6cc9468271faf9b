import type { MessageId } from '../../../shared/domain/ids.ts'

// The name of one compose window. It survives a reload of the window (history.state does), so that the window finds its
// own text again, and it is held as a lock while the window lives, so that others don't take its text for a lost one.

interface ComposeHistory {
  readonly composeWindow?: string
}

export function composeWindowId(): string {
  const state = (history.state ?? {}) as ComposeHistory
  if (state.composeWindow !== undefined) return state.composeWindow
  const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`
  history.replaceState({ ...state, composeWindow: id }, '')
  return id
}

/** Which stored message the text replaces is part of the key: what comes back after a crash must not become a second draft. */
export function autosaveKey(windowId: string, stored: MessageId | null): string {
  return `${windowId}/${stored ?? 'new'}`
}

export function readAutosaveKey(key: string): { readonly windowId: string; readonly stored: MessageId | null } {
  const [windowId = '', stored = ''] = key.split('/')
  const id = Number(stored)
  return { windowId, stored: Number.isSafeInteger(id) && id > 0 ? (id as MessageId) : null }
}

const lockName = (windowId: string): string => `postrider-compose/${windowId}`

/** Until the window is gone. */
export function holdComposeWindow(windowId: string): void {
  // No promise to wait for: the lock is meant to be held to the end.
  void navigator.locks?.request(lockName(windowId), () => new Promise<void>(() => {}))
}

/** Compose windows that are open at this moment, in any window of the program. */
export async function openComposeWindows(): Promise<ReadonlySet<string>> {
  const locks = await navigator.locks?.query()
  const prefix = lockName('')
  const names = (locks?.held ?? []).map(({ name }) => name ?? '')
  return new Set(names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)))
}
