// Writes icons.generated.ts from Fluent System Icons. Run it by hand after a change of the list: node renderer/theme/make-icons.mjs
// Path data instead of SVG text, so that no icon ever goes through innerHTML (Trusted Types forbids it).
import { readFileSync, writeFileSync } from 'node:fs'

const icons = {
  add: 'add_20_regular',
  alert: 'warning_20_filled',
  archive: 'archive_20_regular',
  attach: 'attach_20_regular',
  calendar: 'calendar_20_regular',
  'caret-down': 'caret_down_12_filled',
  'caret-up': 'caret_up_12_filled',
  check: 'checkmark_16_regular',
  'chevron-down': 'chevron_down_12_regular',
  'chevron-right': 'chevron_right_12_regular',
  close: 'dismiss_16_regular',
  cloud: 'cloud_20_regular',
  'cloud-down': 'cloud_arrow_down_20_regular',
  connected: 'plug_connected_20_regular',
  contacts: 'contact_card_20_regular',
  copy: 'copy_20_regular',
  cut: 'cut_20_regular',
  delete: 'delete_20_regular',
  disconnected: 'plug_disconnected_20_regular',
  document: 'document_20_regular',
  dot: 'circle_small_20_filled',
  download: 'arrow_download_20_regular',
  drafts: 'drafts_20_regular',
  edit: 'edit_20_regular',
  error: 'error_circle_20_filled',
  'error-outline': 'error_circle_20_regular',
  eye: 'eye_20_regular',
  flag: 'flag_20_regular',
  'flag-filled': 'flag_20_filled',
  folder: 'folder_20_regular',
  'folder-add': 'folder_add_20_regular',
  'folder-list': 'folder_list_20_regular',
  'folder-move': 'folder_arrow_right_20_regular',
  forward: 'arrow_forward_20_regular',
  image: 'image_20_regular',
  important: 'important_20_filled',
  inbox: 'mail_inbox_20_regular',
  journal: 'notebook_20_regular',
  info: 'info_20_regular',
  junk: 'mail_prohibited_20_regular',
  key: 'key_20_regular',
  lock: 'lock_closed_20_regular',
  'low-priority': 'arrow_down_20_filled',
  mail: 'mail_20_regular',
  'mail-all': 'mail_multiple_20_regular',
  'mail-copy': 'mail_copy_20_regular',
  'mail-deleted': 'mail_dismiss_20_regular',
  'mail-download': 'mail_arrow_down_20_regular',
  'mail-draft': 'mail_edit_20_regular',
  'mail-read': 'mail_read_20_regular',
  'mail-unread': 'mail_unread_20_filled',
  'mark-read': 'mail_read_20_regular',
  'mark-unread': 'mail_unread_20_regular',
  'new-message': 'mail_add_20_regular',
  notes: 'note_20_regular',
  next: 'arrow_down_20_regular',
  open: 'open_20_regular',
  'open-outside': 'open_16_regular',
  outbox: 'send_20_regular',
  paste: 'clipboard_paste_20_regular',
  pending: 'clock_20_regular',
  person: 'person_20_regular',
  pin: 'pin_20_regular',
  'pin-filled': 'pin_20_filled',
  practice: 'beaker_20_regular',
  previous: 'arrow_up_20_regular',
  question: 'question_circle_20_regular',
  refresh: 'arrow_clockwise_20_regular',
  reply: 'arrow_reply_20_regular',
  'reply-all': 'arrow_reply_all_20_regular',
  save: 'save_20_regular',
  search: 'search_20_regular',
  send: 'send_20_regular',
  'send-receive': 'arrow_sync_20_regular',
  sent: 'mail_inbox_arrow_right_20_regular',
  shield: 'shield_20_regular',
  stop: 'stop_20_regular',
  success: 'checkmark_circle_20_filled',
  tasks: 'task_list_square_ltr_20_regular',
  undelete: 'arrow_undo_20_regular',
  unmark: 'eraser_20_regular',
  'unmark-all': 'select_all_off_20_regular',
}

const lines = Object.entries(icons).map(([name, file]) => {
  const svg = readFileSync(new URL(`../../node_modules/@fluentui/svg-icons/icons/${file}.svg`, import.meta.url), 'utf8')
  const size = /viewBox="0 0 (\d+)/.exec(svg)?.[1]
  const paths = [...svg.matchAll(/<path[^>]*? d="([^"]+)"/g)].map((match) => match[1])
  if (!size || paths.length === 0) throw new Error(`${file}: no path found`)
  return `  '${name}': { size: ${size}, path: '${paths.join('')}' },`
})

writeFileSync(
  new URL('icons.generated.ts', import.meta.url),
  `// Written by make-icons.mjs. Fluent System Icons, Microsoft, MIT licence.
// biome-ignore-all format: generated
export const icons = {
${lines.join('\n')}
} as const satisfies Record<string, { readonly size: number; readonly path: string }>

export type IconName = keyof typeof icons
`,
)
