import type { TextSize } from '../../../shared/commands/context.ts'
import type { LayoutStore } from '../../cache/layout.ts'

const scales: Readonly<Record<TextSize, number>> = { largest: 1.6, larger: 1.25, medium: 1, smaller: 0.9, smallest: 0.8 }

/** Keeps theme and text size of this window as the layout says, and follows the system's change between day and night. */
export function keepAppearance(layout: LayoutStore): void {
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { theme, textSize } = layout.get()
    const isDark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
    document.documentElement.style.setProperty('--message-scale', String(scales[textSize]))
  }
  apply()
  layout.subscribe(apply)
  systemIsDark.addEventListener('change', apply)
}
