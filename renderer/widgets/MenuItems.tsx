import { Menu } from '@base-ui/react/menu'
import type { KeyboardEvent, ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import type { MenuData } from './menu-data.ts'
import './menu.css'

/** A function is only asked when the menu opens: what closed menus would show need not be known. */
export type MenuSource = readonly MenuData[] | (() => readonly MenuData[])

interface MenuPopupProps {
  readonly items: MenuSource
  /** Where the focus goes when the menu closes; without it, back to what opened it. */
  readonly finalFocus?: () => HTMLElement | null
}

/** The popup of a menu, a submenu or a context menu. */
export function MenuPopup({ items, finalFocus }: MenuPopupProps) {
  return (
    <Menu.Popup className="menu" finalFocus={finalFocus} onKeyDownCapture={pressMnemonic}>
      {(typeof items === 'function' ? items() : items).map((item) => (
        <MenuEntry key={item.id} item={item} />
      ))}
    </Menu.Popup>
  )
}

function MenuEntry({ item }: { readonly item: MenuData }) {
  switch (item.kind) {
    case 'separator':
      return <Menu.Separator className="menu-separator" />
    case 'submenu':
      return (
        <Menu.SubmenuRoot>
          <Menu.SubmenuTrigger className="menu-item" data-mnemonic={accessKeyOf(item.text)}>
            <MenuRow text={item.text} end={<Icon name="chevron-right" className="menu-arrow" />} />
          </Menu.SubmenuTrigger>
          <Menu.Portal>
            <Menu.Positioner className="menu-positioner" alignOffset={-5} sideOffset={-2}>
              <MenuPopup items={item.items} />
            </Menu.Positioner>
          </Menu.Portal>
        </Menu.SubmenuRoot>
      )
    case 'item':
      return item.checked === undefined ? <PlainItem item={item} /> : <CheckedItem item={item} />
  }
}

type Item = Extract<MenuData, { kind: 'item' }>

function PlainItem({ item }: { readonly item: Item }) {
  return (
    <Menu.Item className="menu-item" disabled={item.disabled} onClick={item.onSelect} data-mnemonic={accessKeyOf(item.text)}>
      <MenuRow text={item.text} start={item.icon && <Icon name={item.icon} />} end={<kbd>{item.shortcut}</kbd>} />
    </Menu.Item>
  )
}

function CheckedItem({ item }: { readonly item: Item }) {
  return (
    <Menu.CheckboxItem
      className="menu-item"
      checked={item.checked}
      disabled={item.disabled}
      closeOnClick
      onCheckedChange={item.onSelect}
      data-mnemonic={accessKeyOf(item.text)}
    >
      <MenuRow text={item.text} start={item.checked && <Icon name="check" />} end={<kbd>{item.shortcut}</kbd>} />
    </Menu.CheckboxItem>
  )
}

function MenuRow({ text, start, end }: { readonly text: string; readonly start?: ReactNode; readonly end: ReactNode }) {
  return (
    <>
      <span className="menu-start">{start}</span>
      <span className="menu-text">
        <Mnemonic text={text} />
      </span>
      <span className="menu-end" aria-hidden>
        {end}
      </span>
    </>
  )
}

/** A letter presses the item that has it as its access key; other letters search, which Base UI does. */
function pressMnemonic(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.key.length !== 1) return
  // React passes keys of an open submenu through its parent, though it stands elsewhere in the page.
  if (!event.currentTarget.contains(event.target as Node)) return
  const key = event.key.toLowerCase()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(`[data-mnemonic]:not([data-disabled])`)]
  const item = items.find((each) => each.dataset.mnemonic === key)
  if (!item) return
  event.preventDefault()
  event.stopPropagation()
  item.click()
}
