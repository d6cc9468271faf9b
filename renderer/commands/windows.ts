import type { ComposeKind } from '../../shared/domain/draft.ts'
import type { MessageId } from '../../shared/domain/ids.ts'
import { mainWords } from '../text/main.ts'
import type { CommandTarget } from './target.ts'

type Route =
  | { readonly window: 'message'; readonly id: MessageId }
  | {
      readonly window: 'compose'
      readonly kind: ComposeKind
      readonly message?: MessageId
      readonly draft?: MessageId
      /** The key of an unsaved text that an earlier window left behind. */
      readonly recover?: string
    }

/** Opens another window of the program. One that is already open for the same message comes to the front. */
export function openWindow(target: CommandTarget, route: Route): void {
  const url = new URL(location.pathname, location.href)
  for (const [key, value] of Object.entries(route)) url.searchParams.set(key, String(value))
  const name = route.window === 'message' ? `message-${route.id}` : route.draft ? `draft-${route.draft}` : '_blank'
  const opened = window.open(url, name, `popup,width=${rem(54)},height=${rem(42)}`)
  if (opened) opened.focus()
  // Electron answers null although the window opens: its main process makes it.
  else if (target.hostInfo.kind === 'loopback') target.notify(mainWords.popupBlocked)
}

function rem(count: number): number {
  return Math.round(count * Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
}

/** Lets the browser, or Electron, save what the host serves at a path below its content base. */
export function download(target: CommandTarget, path: string, name: string): void {
  const link = document.createElement('a')
  link.href = target.hostInfo.contentBase + path
  link.download = name
  link.click()
}
