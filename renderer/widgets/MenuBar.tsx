import { Menu } from '@base-ui/react/menu'
import { Menubar } from '@base-ui/react/menubar'
import { useEffect, useRef } from 'react'
import { MenuPopup } from './MenuItems.tsx'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import type { MenuData } from './menu-data.ts'

interface MenuBarProps {
  readonly label: string
  readonly menus: readonly { readonly title: string; readonly items: readonly MenuData[] }[]
}

/** Alt and an underlined letter opens a menu, F10 goes to the bar. */
export function MenuBar({ label, menus }: MenuBarProps) {
  const bar = useRef<HTMLDivElement>(null)
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
    <Menubar ref={bar} className="menubar" aria-label={label}>
      {menus.map((menu) => (
        <Menu.Root key={menu.title}>
          <Menu.Trigger className="menubar-title" data-mnemonic={accessKeyOf(menu.title)}>
            <Mnemonic text={menu.title} />
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Positioner className="menu-positioner" align="start" sideOffset={2}>
              <MenuPopup items={menu.items} />
            </Menu.Positioner>
          </Menu.Portal>
        </Menu.Root>
      ))}
    </Menubar>
  )
}
