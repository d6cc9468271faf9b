import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu'
import type { ReactElement } from 'react'
import { MenuPopup } from './MenuItems.tsx'
import type { MenuData } from './menu-data.ts'

interface ContextMenuProps {
  readonly items: readonly MenuData[]
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
