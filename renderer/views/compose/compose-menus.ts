import type { Priority } from '../../../shared/domain/message.ts'
import { composeText as text } from '../../text/compose.ts'
import type { MenuData } from '../../widgets/menu-data.ts'
import type { ToolData } from '../../widgets/Toolbar.tsx'

/** What the menus, the toolbar and the keys of a compose window can do. */
export interface ComposeCommands {
  readonly send: () => void
  readonly sendLater: () => void
  readonly save: () => void
  readonly close: () => void
  readonly undo: () => void
  readonly redo: () => void
  readonly cut: () => void
  readonly copy: () => void
  readonly paste: () => void
  readonly selectAll: () => void
  readonly attach: () => void
  readonly toggleAllHeaders: () => void
  readonly setPriority: (priority: Priority) => void
}

export interface ComposeFacts {
  readonly priority: Priority
  readonly showsAllHeaders: boolean
  readonly isBusy: boolean
  readonly isMac: boolean
}

const priorities: readonly Priority[] = ['high', 'normal', 'low']
const line = (id: string): MenuData => ({ kind: 'separator', id })

export function composeMenus(commands: ComposeCommands, facts: ComposeFacts) {
  const mod = facts.isMac ? '⌘' : 'Ctrl+'
  const item = (id: string, itemText: string, onSelect: () => void, shortcut?: string): MenuData => ({
    kind: 'item',
    id,
    text: itemText,
    onSelect,
    shortcut,
    disabled: facts.isBusy,
  })
  return [
    {
      title: text.menus.file,
      items: [
        item('send', text.sendMessage, commands.send, facts.isMac ? '⌥S' : 'Alt+S'),
        item('sendLater', text.sendLater, commands.sendLater),
        line('-1'),
        item('save', text.save, commands.save, `${mod}S`),
        line('-2'),
        item('close', text.closeWindow, commands.close, 'Esc'),
      ],
    },
    {
      title: text.menus.edit,
      items: [
        item('undo', text.undo, commands.undo, `${mod}Z`),
        item('redo', text.redo, commands.redo, facts.isMac ? '⇧⌘Z' : 'Ctrl+Y'),
        line('-1'),
        item('cut', text.cut, commands.cut, `${mod}X`),
        item('copy', text.copy, commands.copy, `${mod}C`),
        item('paste', text.paste, commands.paste, `${mod}V`),
        line('-2'),
        item('selectAll', text.selectAll, commands.selectAll, `${mod}A`),
      ],
    },
    {
      title: text.menus.view,
      items: [
        {
          kind: 'item' as const,
          id: 'allHeaders',
          text: text.allHeaders,
          checked: facts.showsAllHeaders,
          onSelect: commands.toggleAllHeaders,
        },
      ],
    },
    { title: text.menus.insert, items: [item('attach', text.fileAttachment, commands.attach)] },
    {
      title: text.menus.message,
      items: [{ kind: 'submenu' as const, id: 'priority', text: text.setPriority, items: priorityMenu(commands, facts) }],
    },
  ]
}

export function composeTools(commands: ComposeCommands, facts: ComposeFacts): readonly ToolData[] {
  const { tools, toolTips } = text
  const next = priorities[(priorities.indexOf(facts.priority) + 1) % priorities.length] ?? 'normal'
  return [
    { kind: 'button', id: 'send', label: tools.send, icon: 'send', title: toolTips.send, disabled: facts.isBusy, onClick: commands.send },
    { kind: 'separator', id: '-1' },
    { kind: 'button', id: 'cut', label: tools.cut, icon: 'cut', onClick: commands.cut },
    { kind: 'button', id: 'copy', label: tools.copy, icon: 'copy', onClick: commands.copy },
    { kind: 'button', id: 'paste', label: tools.paste, icon: 'paste', onClick: commands.paste },
    { kind: 'button', id: 'undo', label: tools.undo, icon: 'undelete', onClick: commands.undo },
    { kind: 'separator', id: '-2' },
    { kind: 'button', id: 'attach', label: tools.attach, icon: 'attach', title: toolTips.attach, onClick: commands.attach },
    {
      kind: 'button',
      id: 'priority',
      label: tools.priority,
      icon: facts.priority === 'low' ? 'low-priority' : 'important',
      isDanger: facts.priority === 'high',
      title: toolTips.priority(text.priorities[facts.priority].replace('&', '')),
      onClick: () => commands.setPriority(next),
      menu: priorityMenu(commands, facts),
    },
  ]
}

function priorityMenu(commands: ComposeCommands, { priority }: ComposeFacts): readonly MenuData[] {
  return priorities.map((each) => ({
    kind: 'item',
    id: each,
    text: text.priorities[each],
    checked: each === priority,
    onSelect: () => commands.setPriority(each),
  }))
}
