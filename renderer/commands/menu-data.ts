import { type CommandId, commandOf, isChecked, isEnabled } from '../../shared/commands/catalog.ts'
import type { CommandContext } from '../../shared/commands/context.ts'
import { type MenuEntry, type MenuList, separator, type ToolbarEntry } from '../../shared/commands/menus.ts'
import { failureOf, mainWords } from '../text/main.ts'
import { type IconName, icons } from '../theme/icons.generated.ts'
import type { MenuData } from '../widgets/menu-data.ts'
import type { ToolData } from '../widgets/Toolbar.tsx'
import { attempt, dispatch } from './dispatch.ts'
import { startRun } from './going-online.ts'
import { shortcutText } from './keys.ts'
import type { CommandTarget } from './target.ts'

/** A list of commands as a menu shows it, worked out when the menu opens. */
export function menuOf(list: MenuList, target: CommandTarget): () => readonly MenuData[] {
  return () => itemsOf(list, { target, context: target.context() })
}

function itemsOf(list: MenuList, scope: Scope): readonly MenuData[] {
  return list.flatMap((entry, index) => entryData(entry, index, scope))
}

interface Scope {
  readonly target: CommandTarget
  readonly context: CommandContext
}

function entryData(entry: MenuEntry, index: number, scope: Scope): readonly MenuData[] {
  if (entry === separator) return [{ kind: 'separator', id: `separator-${index}` }]
  if (entry === 'accounts') return accountItems(scope)
  if (typeof entry === 'string') return [commandItem(entry, commandOf(entry).title, scope)]
  if ('command' in entry) return [commandItem(entry.command, entry.title, scope)]
  return [{ kind: 'submenu', id: entry.title, text: entry.title, items: itemsOf(entry.items, scope) }]
}

function commandItem(id: CommandId, text: string, { target, context }: Scope): MenuData {
  return {
    kind: 'item',
    id,
    text,
    icon: iconOf(id),
    shortcut: shortcutText(id, target.hostInfo.platform === 'mac'),
    disabled: !isEnabled(id, context),
    checked: isChecked(id, context),
    onSelect: () => dispatch(target, id),
  }
}

function accountItems({ target, context }: Scope): readonly MenuData[] {
  const accounts = target.live.accounts.get() ?? []
  if (accounts.length === 0)
    return [{ kind: 'item', id: 'no-accounts', text: mainWords.noAccounts, disabled: true, onSelect: () => undefined }]
  return accounts.map((account) => ({
    kind: 'item',
    id: `account-${account.id}`,
    text: account.name,
    disabled: context.isRunning,
    onSelect: () =>
      attempt(target, failureOf('mail.sendReceive'), () => startRun(target, { accounts: [account.id], receive: true, send: true })),
  }))
}

/** The buttons of a toolbar as they are now. */
export function toolData(list: readonly ToolbarEntry[], target: CommandTarget, context: CommandContext): readonly ToolData[] {
  return list.map((entry, index): ToolData => {
    if (entry === separator) return { kind: 'separator', id: `separator-${index}` }
    const id = typeof entry === 'string' ? entry : entry.command
    const command = commandOf(id)
    const label = command.label ?? plainText(command.title)
    const shortcut = shortcutText(id, target.hostInfo.platform === 'mac')
    return {
      kind: 'button',
      id,
      label,
      icon: iconOf(id) ?? 'dot',
      title: [plainText(command.title), shortcut && `(${shortcut})`].filter(Boolean).join(' '),
      disabled: !isEnabled(id, context),
      isDanger: id === 'message.delete',
      onClick: () => dispatch(target, id),
      menu: typeof entry === 'string' ? undefined : menuOf(entry.menu, target),
    }
  })
}

const plainText = (title: string) => title.replace('&', '').replace('...', '')

function iconOf(id: CommandId): IconName | undefined {
  const name = commandOf(id).icon
  return name !== undefined && name in icons ? (name as IconName) : undefined
}
