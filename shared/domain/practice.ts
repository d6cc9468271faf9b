/** What can go wrong on the practice servers, for training (A17). `none`: everything works. */
export const practiceFaults = [
  'none',
  'certificate',
  'port-closed',
  'no-starttls',
  'password-expired',
  'mailbox-locked',
  'mailbox-full',
  'slow',
  'drops',
] as const

export type PracticeFault = (typeof practiceFaults)[number]
