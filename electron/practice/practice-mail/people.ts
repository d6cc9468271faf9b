import type { Person } from './mail-headers.ts'

/** Everybody in the sample mail. None of them exists, and example.org, .net and .com belong to nobody (RFC 2606). */
export const people = {
  postrider: { name: 'The Postrider developers', address: 'postrider@example.org' },
  priya: { name: 'Priya Raman', address: 'priya.raman@example.org' },
  amira: { name: 'Amira Hassan', address: 'amira.hassan@example.org', zone: '+0100' },
  jonas: { name: 'Jonas Lindqvist', address: 'jonas.lindqvist@example.org', zone: '+0200' },
  sam: { name: 'Sam Whitfield (Help Desk)', address: 'helpdesk@example.org' },
  nadia: { name: 'Nadia Petrova', address: 'nadia.petrova@example.org', zone: '+0200' },
  marta: { name: 'Marta Kowalska', address: 'marta@example.com', zone: '+0100' },
  theo: { name: 'Theo Marchetti', address: 'theo.marchetti@example.net', zone: '+0200' },
  lily: { name: 'Lily Okafor', address: 'lily.okafor@example.com' },
  helen: { name: 'Helen Taylor', address: 'helen.taylor@example.com' },
  george: { name: 'George Taylor', address: 'george.taylor@example.com' },
  ben: { name: 'Ben Carver', address: 'ben.carver@example.net', zone: '-0500' },
  ines: { name: 'Inês Duarte', address: 'ines.duarte@example.net', zone: '+0000' },
  library: { name: 'Harbour Street Library', address: 'library@example.net' },
  garden: { name: 'Kitchen Garden Letter', address: 'letter@garden.example.net' },
  bikes: { name: 'Two Wheels Bicycle Shop', address: 'orders@bikes.example.com' },
  bakery: { name: 'Riverside Bakery', address: 'accounts@bakery.example.com' },
  backup: { name: 'Nightly backup', address: 'backup@example.org' },
  trains: { name: 'Northern Line Tickets', address: 'tickets@trains.example.com' },
  hotel: { name: 'Hotel Seeblick', address: 'reception@seeblick.example.net', zone: '+0100' },
  ferry: { name: 'Island Ferries', address: 'booking@ferries.example.net' },
  walter: { name: 'Walter Finch', address: 'walter.finch@example.com' },
  rosa: { name: 'Rosa Delgado', address: 'rosa.delgado@example.net', zone: '+0100' },
  mailer: { name: 'Mail Delivery System', address: 'mailer-daemon@example.org' },
} as const satisfies Record<string, Person>

/** The address of the mailing list. */
export const allotments: Person = { name: 'Allotment gardeners', address: 'allotments@lists.example.net' }
