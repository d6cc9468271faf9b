import { Menu } from '@base-ui/react/menu'
import { Icon } from './Icon.tsx'
import { MenuPopup } from './MenuItems.tsx'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import type { MenuData } from './menu-data.ts'
import './button.css'

/** A button that opens a short menu beside it: `Add >`. */
export function MenuButton({ label, items }: { readonly label: string; readonly items: readonly MenuData[] }) {
  return (
    <Menu.Root>
      <Menu.Trigger className="button button-plain" accessKey={accessKeyOf(label)}>
        <span>
          <Mnemonic text={label} />
        </span>
        <Icon name="chevron-right" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" side="inline-end" align="start" sideOffset={4}>
          <MenuPopup items={items} />
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
