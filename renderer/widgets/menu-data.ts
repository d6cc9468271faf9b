import type { IconName } from './Icon.tsx'

/** What a menu shows. Texts carry their access key: `&Open`. */
export type MenuData =
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'submenu'; readonly id: string; readonly text: string; readonly items: readonly MenuData[] }
  | {
      readonly kind: 'item'
      readonly id: string
      readonly text: string
      readonly icon?: IconName | undefined
      readonly shortcut?: string | undefined
      readonly disabled?: boolean
      /** Given: the item is one that is ticked or not. */
      readonly checked?: boolean | undefined
      readonly onSelect: () => void
    }
