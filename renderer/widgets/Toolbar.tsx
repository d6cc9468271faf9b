import { Menu } from '@base-ui/react/menu'
import { Toolbar as BaseToolbar } from '@base-ui/react/toolbar'
import { words } from '../text/widgets.ts'
import { Icon, type IconName } from './Icon.tsx'
import { MenuPopup, type MenuSource } from './MenuItems.tsx'
import './toolbar.css'

export type ToolData =
  | { readonly kind: 'separator'; readonly id: string }
  | {
      readonly kind: 'button'
      readonly id: string
      readonly label: string
      readonly icon: IconName
      readonly title?: string | undefined
      readonly disabled?: boolean
      readonly isDanger?: boolean
      readonly onClick: () => void
      /** Makes it a split button. */
      readonly menu?: MenuSource | undefined
    }

interface ToolbarProps {
  readonly label: string
  readonly tools: readonly ToolData[]
  /** Labels beside the icons: for a second bar that shall not take the room of the first. */
  readonly isFlat?: boolean
}

/** Icons over labels. Arrow keys move within, Tab leaves. */
export function Toolbar({ label, tools, isFlat = false }: ToolbarProps) {
  return (
    <BaseToolbar.Root className={isFlat ? 'toolbar toolbar-flat' : 'toolbar'} aria-label={label}>
      {tools.map((tool) =>
        tool.kind === 'separator' ? (
          <BaseToolbar.Separator key={tool.id} className="toolbar-separator" />
        ) : (
          <Tool key={tool.id} tool={tool} />
        ),
      )}
    </BaseToolbar.Root>
  )
}

function Tool({ tool }: { readonly tool: Extract<ToolData, { kind: 'button' }> }) {
  const button = (
    <BaseToolbar.Button
      className={tool.isDanger ? 'tool tool-danger' : 'tool'}
      disabled={tool.disabled}
      title={tool.title}
      onClick={tool.onClick}
      data-command={tool.id}
    >
      <Icon name={tool.icon} />
      <span>{tool.label}</span>
    </BaseToolbar.Button>
  )
  if (!tool.menu) return button
  return (
    <div className="tool-split">
      {button}
      <Menu.Root>
        <BaseToolbar.Button className="tool tool-more" aria-label={words.more(tool.label)} render={<Menu.Trigger />}>
          <Icon name="chevron-down" />
        </BaseToolbar.Button>
        <Menu.Portal>
          <Menu.Positioner className="menu-positioner" align="end" sideOffset={2}>
            <MenuPopup items={tool.menu} />
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}
