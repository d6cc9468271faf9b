// Junk, drafts, deleted mail, and a folder that holds no mail at all.
import type { Person } from './mail-headers.ts'
import { alternative, asWritten, html, text } from './mail-parts.ts'
import { people } from './people.ts'
import type { SampleMail } from './sample-mail.ts'

export function putAwayMail(owner: Person): readonly SampleMail[] {
  return [...junk.map(toJunk), ...drafts(owner), ...deleted.map(toDeleted), ...appointments.map(toAppointment)]
}

const junk: readonly (readonly [string, string, string])[] = [
  [
    'Prize Office',
    'CONGRATULATIONS!! you are the 1,000,000th visitor',
    'You have WON a lawn mower made of gold. To receive it we only need your name, your address and everything else about you. Hurry, the lawn is growing!',
  ],
  [
    'Royal Bank of Elsewhere',
    'Your account has been limited',
    'Dear customer of a bank where you are no customer: please confirm your password at the address below, so that we have it too.',
  ],
  ['Dr. Miracle', 'Lose 20 kg while reading this mail', 'Scientists hate this letter. Read it twice for double effect.'],
  [
    'A lonely prince',
    'URGENT and confidential business',
    'I have 14 million in a suitcase and nobody to carry it. You look strong. Please send a small sum for the handle.',
  ],
  [
    'Parcel Service',
    'Your parcel is waiting (second try)',
    'We have a parcel for you that you did not order from a shop that does not exist. Pay 1.99 to learn what it is not.',
  ],
  [
    'Investment Circle',
    'Double your money by Tuesday',
    'Our secret method works with any money that is yours at the beginning and ours at the end.',
  ],
  ['SEO Expert', 'I looked at your website and wept', 'For a small monthly fee I shall weep less.'],
  ['Tech Support', 'Your computer has 37 viruses', 'We can see them from here. Please call us and read your card number aloud.'],
  ['Watch Outlet', 'Genuine copies of famous watches', 'They show the right time twice a day, like the original, only more often.'],
  ['Lottery of Nowhere', 'Winning number: yours', 'You did not take part, which makes it even more remarkable.'],
]

function toJunk([name, subject, body]: readonly [string, string, string], index: number): SampleMail {
  const address = 'https://not-a-bank.example.net/login'
  return {
    slug: `junk-${index + 1}`,
    folder: 'Junk',
    daysAgo: 1 + index * 3,
    time: '03:33',
    from: { name, address: `offer${index + 1}@junk.example.net` },
    subject,
    body: alternative(
      text(`${body}\n\n${address}`),
      html(
        `<center><h1 style="color:red">${subject}</h1><p>${body}</p><p><a href="${address}">https://www.example.com/safe-and-sound</a></p><img src="https://junk.example.net/seen?reader=${index}" width="1" height="1"></center>`,
      ),
    ),
    headers: ['X-Spam-Flag: YES'],
    isUnread: index < 4,
  }
}

function drafts(owner: Person): readonly SampleMail[] {
  return [
    {
      slug: 'draft-scanner',
      folder: 'Drafts',
      daysAgo: 1,
      time: '16:48',
      from: owner,
      to: [people.priya],
      subject: 'Wishes for next year',
      body: 'Dear Priya,\n\nhere is my page, with the three things that matter most:\n\n1. A scanner for the archive that does not sing.\n2. ',
    },
    {
      slug: 'draft-umbrella',
      folder: 'Drafts',
      daysAgo: 17,
      time: '22:05',
      from: owner,
      to: [people.walter],
      subject: 'Re: Your umbrella',
      body: 'Dear Walter,\n\nkeep it, it has found its place in life. I come on Saturday all the same, for the coffee.\n',
    },
    {
      slug: 'draft-poem',
      folder: 'Drafts',
      daysAgo: 203,
      time: '23:40',
      from: owner,
      to: [],
      subject: 'Poem for the stove (unfinished)',
      body: 'The ferry leaves at half past ten,\nthe rain begins at nine,\n',
    },
  ]
}

const deleted: readonly (readonly [number, Person, string, string])[] = [
  [2, people.bikes, 'Only today: everything for bicycles', 'Bells, baskets, brakes: ten per cent off until midnight.'],
  [
    7,
    people.sam,
    'Test, please ignore',
    'This is a test of the mail server. If you can read this, it works. If you cannot, please tell us.',
  ],
  [8, people.sam, 'Second test, please ignore as well', 'The first one was ignored too well.'],
  [22, people.trains, 'How was your journey?', 'Tell us in twenty questions how you liked seat 31.'],
  [30, people.jonas, 'Is this thing on?', 'Testing the new mail client. It has a folder called Practice. I am in it.'],
  [56, people.garden, 'We have moved (the letter, not the garden)', 'From now on our letters come from a new address.'],
  [91, people.nadia, 'Cake in the kitchen', 'First come, first served.'],
  [91, people.nadia, 'No more cake in the kitchen', 'That was quick.'],
]

function toDeleted([daysAgo, from, subject, body]: readonly [number, Person, string, string], index: number): SampleMail {
  return {
    slug: `deleted-${index + 1}`,
    folder: 'Deleted Items',
    daysAgo,
    time: `${String(9 + index).padStart(2, '0')}:25`,
    from,
    subject,
    body,
  }
}

/** What groupware servers keep in folders that are not for reading: appointments as messages (C5). */
const appointments = [
  'Dentist',
  'Yearly meeting of the gardeners',
  'Ferry to the island',
  'Budget: last day',
  'Theo plays in the cellar',
] as const

function toAppointment(summary: string, index: number): SampleMail {
  const event = `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Practice//Sample mail//EN\nBEGIN:VEVENT\nUID:appointment-${index}@practice.example.org\nDTSTAMP:20250101T080000Z\nDTSTART:2025010${index + 2}T090000Z\nDTEND:2025010${index + 2}T100000Z\nSUMMARY:${summary}\nEND:VEVENT\nEND:VCALENDAR\n`
  return {
    slug: `appointment-${index + 1}`,
    folder: 'Calendar',
    daysAgo: 10 + index * 9,
    time: '09:00',
    from: people.lily,
    subject: summary,
    body: asWritten(['Content-Type: text/calendar; charset=utf-8; component=VEVENT', 'Content-Transfer-Encoding: 7bit'], event),
  }
}
