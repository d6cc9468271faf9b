import { Menu, type MenuItemConstructorOptions } from 'electron'
import { catalog, type Command, type CommandId } from '../../../shared/commands/catalog.ts'
import { mainMenuBar, separator, type MenuEntry, type MenuList } from '../../../shared/commands/menus.ts'

/** Text fields are the system's own on a Mac: without these entries even Cmd+C would not reach them. */
const systemEdit: readonly MenuItemConstructorOptions[] = [
  { role: 'undo' },
  { role: 'redo' },
  { type: 'separator' },
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
  { type: 'separator' },
]
const replacedByRoles: readonly CommandId[] = ['edit.copy', 'edit.selectAll', 'app.exit']

/**
 * The menu bar at the top of a Mac's screen, from the catalog that the window's own menus use. It holds no logic: a
 * click gives the id of its command to `run`. Elsewhere the window draws the menu bar, and there is no native one.
 */
export function installNativeMenu(platform: NodeJS.Platform, run: (id: CommandId) => void): void {
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(nativeMenu(run)) : null)
}

/** Shows what the focused window allows and has ticked. */
export function showMenuState(enabled: readonly string[], checked: readonly string[]): void {
  const menu = Menu.getApplicationMenu()
  if (!menu) return
  const isEnabled = new Set(enabled)
  const isChecked = new Set(checked)
  for (const id of Object.keys(catalog)) {
    const entry = menu.getMenuItemById(id)
    if (!entry) continue
    entry.enabled = isEnabled.has(id)
    if (entry.type === 'checkbox') entry.checked = isChecked.has(id)
  }
}

export function nativeMenu(run: (id: CommandId) => void): MenuItemConstructorOptions[] {
  const isFirst = firstUse()
  const bars = mainMenuBar.map((bar): MenuItemConstructorOptions => {
    const before = bar.title === '&Edit' ? systemEdit : []
    return { label: plain(bar.title), submenu: [...before, ...entries(bar.items, run, isFirst)] }
  })
  const help = bars.pop()
  return [{ role: 'appMenu' }, ...bars, { role: 'windowMenu' }, { ...help, role: 'help' }]
}

/** A command may stand in several menus; only the first entry can carry the id that its state is set by. */
const firstUse = () => {
  const used = new Set<CommandId>()
  return (id: CommandId) => !used.has(id) && Boolean(used.add(id))
}

function entries(list: MenuList, run: (id: CommandId) => void, isFirst: (id: CommandId) => boolean): MenuItemConstructorOptions[] {
  const items = list.flatMap((entry) => item(entry, run, isFirst) ?? [])
  // Left-out entries must not leave two lines behind, or one at an edge.
  return items.filter((each, at) => each.type !== 'separator' || (at > 0 && at < items.length - 1 && items[at - 1]?.type !== 'separator'))
}

function item(entry: MenuEntry, run: (id: CommandId) => void, isFirst: (id: CommandId) => boolean): MenuItemConstructorOptions | undefined {
  if (entry === separator) return { type: 'separator' }
  // Made when a menu opens; the window's own menus show it.
  if (entry === 'accounts') return undefined
  if (typeof entry === 'object' && 'items' in entry) return { label: plain(entry.title), submenu: entries(entry.items, run, isFirst) }
  const id = typeof entry === 'string' ? entry : entry.command
  if (replacedByRoles.includes(id)) return undefined
  const command: Command = catalog[id]
  const shortcut = accelerator(command)
  return {
    ...(isFirst(id) ? { id } : {}),
    label: plain(typeof entry === 'string' ? command.title : entry.title),
    ...(shortcut === undefined ? {} : { accelerator: shortcut }),
    ...(command.checked ? { type: 'checkbox' } : {}),
    click: () => run(id),
  }
}

/** Only keys with Mod and for the whole window: the system would take the others away from text fields. */
function accelerator({ shortcuts = [], scope }: Command): string | undefined {
  const shortcut = scope === undefined ? shortcuts.find((keys) => keys.startsWith('Mod+')) : undefined
  return shortcut?.replace('Mod', 'Command')
}

/** A Mac has no access keys. */
const plain = (title: string) => title.replaceAll('&', '')
