// Mail that comes again and again: a newsletter, invoices, reports of machines, reminders.
import type { Person } from './mail-headers.ts'
import { alternative, file, html, mixed, text } from './mail-parts.ts'
import { people } from './people.ts'
import { pdf } from './sample-files.ts'
import type { SampleMail } from './sample-mail.ts'

export function regularMail(owner: Person): readonly SampleMail[] {
  return [
    ...letters.map(gardenLetter),
    ...Array.from({ length: 22 }, (_, month) => invoice(owner, month)),
    ...Array.from({ length: 14 }, (_, week) => backupReport(week)),
    ...borrowed.map(libraryReminder),
    ...orders.flatMap(bicycleOrder),
  ]
}

/** Title, and what the letter is about; newest first. */
const letters: readonly (readonly [string, string, string])[] = [
  [
    'What the garden does in autumn',
    'Leave the leaves',
    'Rake them under the hedge and let them lie. Hedgehogs move in within a week, and in spring you have earth that you would otherwise buy in sacks.',
  ],
  [
    'Plums, plums, plums',
    'A tree that gives too much',
    'When the branches bend, take a third of the fruit early. The rest grows sweeter, and the tree will thank you next year.',
  ],
  [
    'Water at the right hour',
    'Early is better than often',
    'One long drink at five in the morning is worth three short ones in the evening. Roots follow the water down, and stay cool there.',
  ],
  [
    'Beans on strings',
    'Two metres are not enough',
    'Beans climb until there is nothing left to climb. Give them three metres of string and a friend to hold the ladder.',
  ],
  [
    'Slugs: a peace treaty',
    'What they like better than lettuce',
    'A handful of bran in the far corner, every second evening. They are not clever, but they are faithful.',
  ],
  [
    'The last frost',
    'Wait for the cold saints',
    'The calendar says spring, the ground says otherwise. Put your hand flat on the earth: if you take it away within ten seconds, wait another week.',
  ],
  [
    'Sowing on the window sill',
    'Light is more than warmth',
    'Seedlings that stretch are looking for light, not for heat. Turn the pots every morning; a sheet of white paper behind them works wonders.',
  ],
  [
    'Cutting the old roses',
    'Be brave',
    'Cut above a bud that looks outwards, and cut more than you dare. Nobody has ever killed a rose with courage.',
  ],
  [
    'Under the snow',
    'What the garden dreams of',
    'Nothing to do this month but read. We recommend seed catalogues, which are novels with happy ends.',
  ],
  [
    'A wreath from what is there',
    'Ivy, hips, a little patience',
    'You need no wire: a long shoot of willow, bent while it is fresh, holds everything.',
  ],
  [
    'Apples for the winter',
    'Only the perfect ones',
    'One bruise spoils a box. Lay them side by side, stalk up, not touching, in the coolest room that does not freeze.',
  ],
  [
    'Thank you for a year of letters',
    'We began with forty readers',
    'Today we are three thousand. The garden has not become larger, but the mailbox has.',
  ],
]

function gardenLetter([title, heading, story]: readonly [string, string, string], index: number): SampleMail {
  const number = 48 - index
  const picture = (name: string, width: number, height: number) =>
    `<img src="https://img.garden.example.net/${number}/${name}.jpg" width="${width}" height="${height}" alt="${name}">`
  const page = `<html><head><style>td { font-family: Georgia, serif; font-size: 15px; line-height: 1.5; color: #2f3b2a } h1 { font-size: 22px }</style></head>
<body style="margin:0; background:#eef1e6">
<table width="100%" cellpadding="0" cellspacing="0" bgcolor="#eef1e6"><tr><td align="center">
<table width="600" cellpadding="16" cellspacing="0" bgcolor="#ffffff">
<tr><td colspan="2" bgcolor="#5d7a3a" style="color:#ffffff"><h1 style="margin:0">Kitchen Garden Letter</h1>No. ${number}</td></tr>
<tr><td colspan="2">${picture('garden', 568, 220)}<h2>${title}</h2></td></tr>
<tr><td width="70%" valign="top"><h3>${heading}</h3><p>${story}</p></td>
<td width="30%" valign="top" bgcolor="#f6f3e8"><b>This week</b><ul><li>clean the tools</li><li>turn the compost</li><li>sit down for a while</li></ul>${picture('spade', 140, 90)}</td></tr>
<tr><td colspan="2" style="font-size:11px">You get this letter because you asked for it.
<a href="https://garden.example.net/leave?reader=4711">No more letters, please</a>${picture('pixel', 1, 1)}</td></tr>
</table></td></tr></table></body></html>`
  const plain = `KITCHEN GARDEN LETTER No. ${number}\n\n${title}\n\n${heading}\n\n${story}\n\nNo more letters: write to leave@garden.example.net`
  return {
    slug: `garden-${number}`,
    folder: index < 5 ? 'INBOX' : 'Archive',
    daysAgo: 1 + index * 30,
    time: '05:00',
    from: people.garden,
    subject: `${title} (Kitchen Garden Letter ${number})`,
    body: alternative(text(plain), html(page)),
    headers: [
      'List-Id: Kitchen Garden Letter <letter.garden.example.net>',
      'List-Unsubscribe: <mailto:leave@garden.example.net>, <https://garden.example.net/leave>',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'Precedence: bulk',
    ],
    isUnread: index === 0,
  }
}

function invoice(owner: Person, month: number): SampleMail {
  const number = 2_231 - month * 17
  const loaves = 18 + ((month * 7) % 9)
  const total = (loaves * 3.4).toFixed(2)
  const lines = [
    `Invoice ${number}`,
    'Riverside Bakery, 2 Mill Lane',
    `To: ${owner.name}`,
    `${loaves} loaves of rye bread at 3.40`,
    `Total: ${total}`,
    'Thank you. Please pay within 14 days.',
  ]
  return {
    slug: `invoice-${number}`,
    folder: month < 3 ? 'INBOX' : 'Archive',
    daysAgo: 5 + month * 30,
    time: '06:15',
    from: people.bakery,
    subject: `Invoice ${number}`,
    body: mixed(
      text(
        `Dear ${owner.name},\n\nplease find attached our invoice for last month's bread: ${loaves} loaves, ${total} in all.\n\nWith kind regards from the oven\nRiverside Bakery`,
      ),
      file(`invoice-${number}.pdf`, 'application/pdf', pdf(lines)),
    ),
  }
}

function backupReport(week: number): SampleMail {
  const failed = week === 5
  const files = 41_220 - week * 118
  const body = failed
    ? `Backup of server archive: NOT COMPLETE

  started     02:00
  ended       02:17
  reason      no room left on the backup disk

Nothing was lost: last week's copy is kept. Please make room and start again.`
    : `Backup of server archive: complete

  started     02:00
  ended       02:${String(31 + (week % 20)).padStart(2, '0')}
  files       ${files}, of which ${140 + ((week * 37) % 90)} new
  restored    3 files at random, all equal to the original`
  return {
    slug: `backup-${week}`,
    folder: week < 4 ? 'INBOX' : 'Archive',
    daysAgo: 1 + week * 7,
    time: '02:55',
    from: people.backup,
    subject: failed ? 'Backup NOT complete' : 'Backup complete',
    body: text(body),
    headers: ['Auto-Submitted: auto-generated', ...(failed ? ['X-Priority: 1 (Highest)', 'Importance: high'] : [])],
    isFlagged: failed,
  }
}

const borrowed = [
  'The Lighthouse at the End',
  'Bread for Beginners',
  'A Field Guide to Clouds',
  'How to Repair Almost Everything',
  'Islands, an Atlas',
  'The Wasp Summer',
  'Chess for the Patient',
  'Songs without Trams',
] as const

function libraryReminder(title: string, index: number): SampleMail {
  return {
    slug: `library-${index}`,
    folder: index < 3 ? 'INBOX' : 'Archive',
    daysAgo: 4 + index * 41,
    time: '08:00',
    from: people.library,
    subject: `Due in three days: ${title}`,
    body: `Dear reader,

the following book is due in three days:

  ${title}

To keep it for another four weeks, answer this mail with the word KEEP, unless somebody is waiting for it. ${index % 3 === 0 ? 'Somebody is.' : 'Nobody is.'}

Harbour Street Library
Open Tuesday to Saturday, 10 to 18`,
    headers: ['Auto-Submitted: auto-generated'],
  }
}

const orders = [
  ['chain and two sprockets', 15],
  ['a bell, brass', 113],
  ['inner tubes, three', 236],
  ['lamp for the front wheel', 390],
] as const

function bicycleOrder([what, daysAgo]: readonly [string, number], index: number): readonly SampleMail[] {
  const number = 8_100 - index * 211
  const mail = (slug: string, days: number, subject: string, line: string): SampleMail => ({
    slug: `bikes-${number}-${slug}`,
    folder: days < 200 ? 'INBOX' : 'Archive',
    daysAgo: days,
    time: '14:20',
    from: people.bikes,
    subject: `Order ${number}: ${subject}`,
    body: alternative(
      text(`Order ${number}: ${what}\n\n${line}\n\nTwo Wheels Bicycle Shop`),
      html(
        `<div style="font-family:Verdana,sans-serif;font-size:13px"><h3 style="color:#a33">Order ${number}</h3><p>${what}</p><p>${line}</p><p><a href="https://bikes.example.com/orders/${number}">See the order</a></p><p>Two Wheels Bicycle Shop</p></div>`,
      ),
    ),
  })
  return [
    mail('received', daysAgo, 'thank you', 'We have your order and pack it today.'),
    mail('sent', daysAgo - 2, 'on its way', 'Your parcel has left us on a cargo bicycle and will be with you tomorrow.'),
  ]
}
