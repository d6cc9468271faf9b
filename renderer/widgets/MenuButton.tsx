import { Menu } from '@base-ui/react/menu'
import { Icon } from './Icon.tsx'
import { MenuPopup } from './MenuItems.tsx'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import type { MenuData } from './menu-data.ts'
import './button.css'

interface MenuButtonProps {
  readonly label: string
  readonly items: readonly MenuData[]
  readonly opensBelow?: boolean
}

/** A button that opens a short menu beside it, `Add >`, or below it. */
export function MenuButton({ label, items, opensBelow = false }: MenuButtonProps) {
  return (
    <Menu.Root>
      <Menu.Trigger className="button button-plain" accessKey={accessKeyOf(label)}>
        <span>
          <Mnemonic text={label} />
        </span>
        <Icon name={opensBelow ? 'chevron-down' : 'chevron-right'} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" side={opensBelow ? 'bottom' : 'inline-end'} align="start" sideOffset={4}>
          <MenuPopup items={items} />
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
