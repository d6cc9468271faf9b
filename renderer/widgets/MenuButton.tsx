import { Menu } from '@base-ui/react/menu'
import { Icon, type IconName } from './Icon.tsx'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import './button.css'
import './menu.css'

export interface MenuButtonItem {
  readonly id: string
  /** May carry its access key. */
  readonly label: string
  readonly icon?: IconName
  readonly disabled?: boolean
  readonly onSelect: () => void
}

/** A button that opens a short menu beside it: `Add >`. */
export function MenuButton({ label, items }: { readonly label: string; readonly items: readonly MenuButtonItem[] }) {
  return (
    <Menu.Root>
      <Menu.Trigger className="button button-plain" accessKey={accessKeyOf(label)}>
        <span>
          <Mnemonic text={label} />
        </span>
        <Icon name="chevron-right" className="button-more" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-layer" side="inline-end" align="start" sideOffset={4}>
          <Menu.Popup className="menu">
            {items.map((item) => (
              <Menu.Item key={item.id} className="menu-item" disabled={item.disabled ?? false} onClick={item.onSelect}>
                <span className="menu-sign">{item.icon && <Icon name={item.icon} />}</span>
                <span className="menu-label">
                  <Mnemonic text={item.label} />
                </span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
