export const helpText = {
  title: 'Postrider Manual',
  contents: 'Contents',
  page: 'Manual',
  start: 'Contents',
  loading: 'Opening the manual...',
  missing: 'There is no such page in the manual.',
} as const
