// A journey to the islands and one to the mountains: bookings, tickets, plans.
import type { Person } from './mail-headers.ts'
import { alternative, asWritten, crlf, file, html, mixed, multipart, text } from './mail-parts.ts'
import { people } from './people.ts'
import { pdf } from './sample-files.ts'
import { type SampleMail, thread } from './sample-mail.ts'

const { trains, hotel, ferry, lily, theo, george, helen } = people

export function travelMail(owner: Person): readonly SampleMail[] {
  const place = { folder: 'Travel', owner } as const
  return [
    ...thread({ ...place, slug: 'island-plan', daysAgo: 31, time: '19:45', subject: 'The island in October', others: [lily, theo] }, [
      {
        from: lily,
        hoursLater: 0,
        body: `How about a long weekend on the island in October? The ferry still goes every day, the tourists are gone, and the bakery by the lighthouse is open.\n\nLily`,
      },
      { from: theo, hoursLater: 3, body: `Yes. I'll bring the small guitar, and rain clothes for three.\n\nTheo` },
      { from: owner, hoursLater: 10, body: `Yes! I book the ferry, who takes the house?\n\nRobin` },
      {
        from: lily,
        hoursLater: 1,
        body: `The house is ours, I have just spoken to the owner. Two rooms, one stove, no television.\n\nLily`,
      },
      { from: theo, hoursLater: 22, body: `Perfect. Does the stove burn wood or poems? I have plenty of both.\n\nTheo` },
    ]),
    ...thread(
      { ...place, slug: 'mountain-hut', daysAgo: 265, time: '17:20', subject: 'Mountain hut with your parents', others: [helen, george] },
      [
        {
          from: helen,
          hoursLater: 0,
          body: `Dear Robin,\n\nyour father wants to see the mountains once more "before his knees resign". The hut at the lake has a room for three in spring. Would you come with us?\n\nMum`,
        },
        {
          from: owner,
          hoursLater: 5,
          body: `Of course I come! I take the train, and carry your father's rucksack. He will protest, and let me.\n\nRobin`,
        },
        { from: george, hoursLater: 13, body: `I can read this, you know. I protest.\n\nDad` },
      ],
    ),
    ticket('ticket-island-out', 29, 'Your ticket: Harbour to Northport, one adult', [
      'Northern Line Ticket',
      'Harbour - Northport',
      'Departure 07:52, platform 3',
      'Coach 4, seat 31, window',
      'Reference NL-4471-PR',
    ]),
    ticket('ticket-island-back', 29, 'Your ticket: Northport to Harbour, one adult', [
      'Northern Line Ticket',
      'Northport - Harbour',
      'Departure 16:08, platform 1',
      'Coach 2, seat 12, aisle',
      'Reference NL-4472-PR',
    ]),
    ticket('ticket-mountains', 251, 'Your ticket: Harbour to Lakeside, one adult', [
      'Northern Line Ticket',
      'Harbour - Lakeside',
      'Departure 06:31, platform 5',
      'Coach 6, seat 74, window',
      'Reference NL-3920-PR',
    ]),
    ferryBooking(owner),
    hotelBooking(),
    invitation(owner),
    {
      slug: 'travel-packing',
      folder: 'Travel',
      daysAgo: 22,
      time: '21:30',
      from: lily,
      to: [owner, theo],
      subject: 'Packing list',
      body: text(
        `Things that we forgot last time:

* a tin opener
* candles, and something to light them with
* the good knife
* playing cards (the owner's are missing the seven of hearts)
* a book that nobody has told the end of

Things that we did not need: the umbrella. It turned inside out on the first day and became a sculpture.

Lily`,
        { isFlowed: true },
      ),
    },
    ...travelNotes.map(
      ([slug, daysAgo, from, subject, body]): SampleMail => ({
        slug: `travel-${slug}`,
        folder: 'Travel',
        daysAgo,
        time: '12:15',
        from,
        subject,
        body,
      }),
    ),
  ]
}

function ticket(slug: string, daysAgo: number, subject: string, lines: readonly string[]): SampleMail {
  return {
    slug,
    folder: 'Travel',
    daysAgo,
    time: '13:02',
    from: trains,
    subject,
    body: mixed(
      text(
        `Thank you for travelling with us.\n\nYour ticket is attached. You need not print it: show it on your screen, and take something with you that proves your name.\n\n${lines.slice(1).join('\n')}\n\nNorthern Line`,
      ),
      file('ticket.pdf', 'application/pdf', pdf(lines)),
    ),
  }
}

function ferryBooking(owner: Person): SampleMail {
  const rows = [
    ['Friday', '11:30', 'Northport', 'Lighthouse Quay'],
    ['Monday', '14:15', 'Lighthouse Quay', 'Northport'],
  ].map((cells) => `<tr>${cells.map((cell) => `<td style="padding:4px 12px;border-bottom:1px solid #ccc">${cell}</td>`).join('')}</tr>`)
  return {
    slug: 'ferry-booking',
    folder: 'Travel',
    daysAgo: 28,
    time: '09:41',
    from: ferry,
    subject: 'Booking confirmed: ferry for three, Friday to Monday',
    body: alternative(
      text(
        `Dear ${owner.name},\n\nyour ferry is booked for three persons.\n\n  Friday  11:30  Northport - Lighthouse Quay\n  Monday  14:15  Lighthouse Quay - Northport\n\nPlease be at the quay fifteen minutes before. In a storm we sail when it is over.\n\nIsland Ferries`,
      ),
      html(`<div style="font-family:Georgia,serif"><h3>Your ferry is booked</h3><p>Dear ${owner.name}, three persons, no car.</p>
<table style="border-collapse:collapse"><tr><th>Day</th><th>Time</th><th>From</th><th>To</th></tr>${rows.join('')}</table>
<p>Please be at the quay fifteen minutes before. In a storm we sail when it is over.</p>
<p><a href="https://ferries.example.net/booking">Change the booking</a></p></div>`),
    ),
    isFlagged: true,
  }
}

function hotelBooking(): SampleMail {
  return {
    slug: 'hotel-booking',
    folder: 'Travel',
    daysAgo: 256,
    time: '10:33',
    from: hotel,
    subject: 'Reservierungsbestätigung / Your room at the lake',
    body: text(
      `Sehr geehrte Familie Taylor,

wir freuen uns auf Ihren Besuch. Ihr Zimmer mit Blick auf den See ist für drei Nächte reserviert; Frühstück gibt es von sieben bis zehn, auf Wunsch auch früher für Wanderer.

Dear Taylor family,

we look forward to your visit. Your room with a view of the lake is booked for three nights; breakfast is from seven to ten, and earlier for walkers who ask the evening before.

Mit freundlichen Grüßen
Hotel Seeblick`,
      { charset: 'iso-8859-1' },
    ),
    charset: 'iso-8859-1',
  }
}

/** RFC 6047: the invitation is a part of its own, so that a calendar program can take it up. */
function invitation(owner: Person): SampleMail {
  const event = crlf(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Practice//Sample mail//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:island-weekend@practice.example.org
DTSTAMP:20240901T120000Z
DTSTART:20241011T113000Z
DTEND:20241014T141500Z
SUMMARY:Long weekend on the island
LOCATION:Lighthouse Quay
ORGANIZER;CN=Lily Okafor:mailto:${lily.address}
ATTENDEE;RSVP=TRUE;CN=${owner.name}:mailto:${owner.address}
END:VEVENT
END:VCALENDAR
`)
  const calendar = asWritten(['Content-Type: text/calendar; charset=utf-8; method=REQUEST', 'Content-Transfer-Encoding: 7bit'], event)
  return {
    slug: 'island-invitation',
    folder: 'Travel',
    daysAgo: 27,
    time: '18:18',
    from: lily,
    subject: 'Invitation: Long weekend on the island',
    body: mixed(
      multipart('alternative', [
        text('Lily Okafor invites you to: Long weekend on the island, Lighthouse Quay, Friday to Monday.'),
        calendar,
      ]),
      file('invite.ics', 'application/ics', event),
    ),
  }
}

const travelNotes: readonly (readonly [string, number, Person, string, string])[] = [
  [
    'delay',
    26,
    trains,
    'Works on the line: your train leaves nine minutes later',
    'Dear traveller,\n\nbecause of works between Harbour and Mill Bridge your train leaves at 08:01 instead of 07:52. You will reach your ferry all the same.\n\nNorthern Line',
  ],
  [
    'weather',
    20,
    theo,
    'The forecast',
    'Sun on Friday, wind on Saturday, rain on Sunday, sun on Monday when we leave. As every year. I have bought a second tarpaulin.\n\nTheo',
  ],
  [
    'lighthouse',
    14,
    lily,
    'The lighthouse keeper remembers us',
    'I called about the key. He said: "Are you the ones with the umbrella?"\n\nLily',
  ],
  [
    'knees',
    246,
    george,
    'Knees: report',
    'Robin,\n\nboth knees are in working order after three days of mountains. I withdraw my protest about the rucksack.\n\nDad',
  ],
  [
    'photos',
    243,
    helen,
    'The lake in the morning',
    'Your father has hung the picture of the lake in the hall, a little crooked, and will not let me correct it. Thank you for coming with us.\n\nMum',
  ],
  [
    'survey',
    240,
    hotel,
    'How did you like your stay?',
    'Dear guests,\n\nwe hope that you arrived home well. If something was not as it should be, please tell us; if all was well, tell others.\n\nHotel Seeblick',
  ],
]
