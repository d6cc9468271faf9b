import { type CommandId, commandIds, commandOf } from '../../shared/commands/catalog.ts'

export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

interface Shortcut {
  readonly id: CommandId
  readonly key: string
  readonly mod: boolean
  readonly alt: boolean
  readonly isForMac: boolean
  /** undefined: the key itself says whether Shift is held, as with < and >. */
  readonly shift: boolean | undefined
}

const shortcuts: readonly Shortcut[] = commandIds.flatMap((id) =>
  (commandOf(id).shortcuts ?? []).map((text): Shortcut => {
    const parts = text.split('+')
    const key = parts.at(-1) ?? ''
    const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase()
    return {
      id,
      key: key.toLowerCase(),
      mod: parts.includes('Mod') || parts.includes('Ctrl'),
      isForMac: !parts.includes('Ctrl'),
      alt: parts.includes('Alt'),
      shift: isSign ? undefined : parts.includes('Shift'),
    }
  }),
)
const keyNames: Readonly<Record<string, string>> = { left: 'arrowleft', right: 'arrowright' }

/** The command that a key press stands for, if any. `Mod` is Command on a Mac, else Ctrl. */
export function commandFor(press: KeyPress, isMac: boolean): CommandId | undefined {
  const mod = isMac ? press.metaKey : press.ctrlKey
  if (isMac ? press.ctrlKey : press.metaKey) return undefined
  // Where Alt or another keyboard layout turns a letter into something else, the place of the key decides.
  const byPlace = /^Key([A-Z])$/.exec(press.code)?.[1]?.toLowerCase()
  const pressed = new Set([press.key.toLowerCase(), ...(press.altKey && byPlace ? [byPlace] : [])])
  return shortcuts.find(
    (each) =>
      pressed.has(keyNames[each.key] ?? each.key) &&
      (each.isForMac || !isMac) &&
      each.mod === mod &&
      each.alt === press.altKey &&
      (each.shift === undefined || each.shift === press.shiftKey),
  )?.id
}

/** As menus show it: `Ctrl+Shift+R`, on a Mac `⇧⌘R`. */
export function shortcutText(id: CommandId, isMac: boolean): string | undefined {
  const text = commandOf(id).shortcuts?.find((keys) => !isMac || !keys.startsWith('Ctrl+'))
  if (!text) return undefined
  if (!isMac) return text.replace('Mod', 'Ctrl').replace('Delete', 'Del')
  const parts = text.split('+')
  const signs: readonly (readonly [string, string])[] = [
    ['Alt', '⌥'],
    ['Shift', '⇧'],
    ['Mod', '⌘'],
  ]
  return signs.map(([name, sign]) => (parts.includes(name) ? sign : '')).join('') + (parts.at(-1) ?? '').replace('Delete', '⌦')
}

/** Keys of `tree` scope are for the folder list alone, those of `list` scope belong to what has the focus: text fields, menus and dialogs keep their own. */
export function isInScope(id: CommandId, focused: Element | null): boolean {
  if (focused?.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="menubar"]')) return false
  const { scope } = commandOf(id)
  if (scope === 'tree') return focused?.closest('[role="tree"]') != null
  if (scope !== 'list') return true
  return !focused?.closest('input, textarea, select, [role="tree"], [data-keeps-keys]')
}

/** Enter presses the button that has the focus, and follows the link: there it is nobody's shortcut. */
export function pressesFocused({ key }: Pick<KeyPress, 'key'>, focused: Element | null): boolean {
  return key === 'Enter' && focused?.closest('button, a, summary') != null
}
