/** Words of the building blocks: nothing about mail. */
export const words = {
  productName: 'Postrider',
  close: 'Close',
  ok: 'OK',
  cancel: 'Cancel',
  details: 'Details',
  copy: 'Copy',
  copied: 'Copied',
  help: 'Help (F1)',
  code: (spoken: string) => `Code ${spoken}`,
  splitter: 'Move the border between the panes',
  more: (label: string) => `${label}: more choices`,
} as const
