import { Menu } from '@base-ui/react/menu'
import { Menubar } from '@base-ui/react/menubar'
import { useEffect, useRef } from 'react'
import { MenuPopup, type MenuSource } from './MenuItems.tsx'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'

interface MenuBarProps {
  readonly label: string
  readonly menus: readonly { readonly title: string; readonly items: MenuSource }[]
}

/** Alt and an underlined letter opens a menu, F10 goes to the bar. */
export function MenuBar({ label, menus }: MenuBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  // A menu gives the focus back to what was worked with, not to the bar.
  const outside = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest('[role="menubar"], [role="menu"]')) outside.current = target
    }
    window.addEventListener('focusin', onFocus)
    return () => window.removeEventListener('focusin', onFocus)
  }, [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const titles = [...(bar.current?.querySelectorAll<HTMLElement>('.menubar-title') ?? [])]
      const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
      const letter = event.key.toLowerCase()
      const title =
        event.key === 'F10' && !event.shiftKey ? titles[0] : isAlt ? titles.find((each) => each.dataset.mnemonic === letter) : undefined
      if (!title || event.defaultPrevented || document.querySelector('[role="dialog"], [role="alertdialog"]')) return
      event.preventDefault()
      title.focus()
      if (isAlt) title.click()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <Menubar
      ref={bar}
      className="menubar"
      aria-label={label}
      onKeyDown={(event) => event.key === 'Escape' && bar.current?.contains(event.target as Node) && outside.current?.focus()}
    >
      {menus.map((menu) => (
        <Menu.Root key={menu.title}>
          <Menu.Trigger className="menubar-title" data-mnemonic={accessKeyOf(menu.title)}>
            <Mnemonic text={menu.title} />
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Positioner className="menu-positioner" align="start" sideOffset={2}>
              <MenuPopup items={menu.items} finalFocus={() => outside.current} />
            </Menu.Positioner>
          </Menu.Portal>
        </Menu.Root>
      ))}
    </Menubar>
  )
}
