import { type IconName, icons } from '../theme/icons.generated.ts'
import './icon.css'

export type { IconName }

interface IconProps {
  readonly name: IconName
  readonly className?: string
  /** Only when the icon says something that no text near it says. */
  readonly label?: string
}

export function Icon({ name, className, label }: IconProps) {
  const { size, path } = icons[name]
  return (
    <svg
      className={className ? `icon ${className}` : 'icon'}
      viewBox={`0 0 ${size} ${size}`}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <path d={path} />
    </svg>
  )
}
