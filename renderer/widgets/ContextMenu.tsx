import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu'
import type { ReactElement } from 'react'
import { MenuPopup, type MenuSource } from './MenuItems.tsx'

interface ContextMenuProps {
  readonly items: MenuSource
  /** The element that is right-clicked; it gets the handlers itself, so that no box comes between. */
  readonly children: ReactElement<Record<string, unknown>>
}

export function ContextMenu({ items, children }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger render={children} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className="menu-positioner">
          <MenuPopup items={items} />
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  )
}
