// The office: a new website, and what else a week brings.
import type { Person } from './mail-headers.ts'
import { file, mixed, text } from './mail-parts.ts'
import { people } from './people.ts'
import { docx, pdf } from './sample-files.ts'
import { type SampleMail, thread } from './sample-mail.ts'

const { priya, amira, jonas, sam, nadia } = people

export function workMail(owner: Person): readonly SampleMail[] {
  return [...website(owner), ...office(owner)]
}

function website(owner: Person): readonly SampleMail[] {
  const place = { folder: 'Projects/Website', owner } as const
  return [
    ...thread(
      { ...place, slug: 'web-start', daysAgo: 210, time: '09:10', subject: 'New website: who does what', others: [priya, amira, jonas] },
      [
        {
          from: priya,
          hoursLater: 0,
          body: `Hello all,

the board has agreed: we get a new website before the summer. The budget is 12,000 for everything, so let us keep it small and good.

Amira takes the design, Jonas the technical side, Robin the texts and the calendar. I shall keep the board happy.

First meeting on Thursday at 10?

Priya`,
        },
        {
          from: amira,
          hoursLater: 2,
          body: `Thursday is fine. I'll bring three sketches, so that we have something to argue about.\n\nAmira`,
        },
        {
          from: jonas,
          hoursLater: 1,
          body: `Fine with me too. One wish: no slideshow on the front page. Nobody ever sees the second picture.\n\nJonas`,
        },
        {
          from: owner,
          hoursLater: 3,
          body: `Thursday at 10 it is, I have booked the small room. I'll make a list of all pages that we have today. My guess is that half of them can go.\n\nRobin`,
        },
        { from: priya, hoursLater: 20, body: `Wonderful. And yes: no slideshow!\n\nPriya` },
      ],
    ),
    ...thread(
      {
        ...place,
        slug: 'web-pages',
        daysAgo: 188,
        time: '11:25',
        subject: 'List of pages: 214, of which we need 41',
        others: [amira, jonas],
      },
      [
        {
          from: owner,
          hoursLater: 0,
          body: `I have been through all of them. 214 pages, the oldest from before I learned to drive. Only 41 were opened by more than ten people last year.

My proposal: keep the 41, merge the twelve about opening hours into one, and put the rest into an archive.

Robin`,
        },
        {
          from: amira,
          hoursLater: 4,
          body: `Twelve pages about opening hours! That explains a lot of phone calls.\n\nI'm all for it.\n\nAmira`,
        },
        {
          from: jonas,
          hoursLater: 18,
          body: `Good. Please don't delete anything yet: I'd like old addresses to lead to the new pages, so that links in other places keep working.\n\nJonas`,
        },
        { from: owner, hoursLater: 2, body: `Of course. The list has a column "moves to" now; empty means archive.\n\nRobin` },
      ],
    ),
    ...thread({ ...place, slug: 'web-colours', daysAgo: 151, time: '14:40', subject: 'Colours', others: [amira, priya] }, [
      {
        from: amira,
        hoursLater: 0,
        body: `Two versions are on the test server: "harbour" (blue and sand) and "meadow" (green and cream). Which one feels like us?\n\nAmira`,
      },
      { from: priya, hoursLater: 5, body: `Harbour. Meadow looks like a shop for tea.\n\nPriya` },
      {
        from: owner,
        hoursLater: 1,
        body: `Harbour for me too. The grey of the small text is a bit light on my screen, could it be darker?\n\nRobin`,
      },
      {
        from: amira,
        hoursLater: 22,
        body: `You are right, it failed the contrast check. Darker now, 7 to 1, and it looks better as well.\n\nAmira`,
      },
    ]),
    ...thread(
      { ...place, slug: 'web-calendar', daysAgo: 96, time: '08:55', subject: 'Calendar shows everything one hour late', others: [jonas] },
      [
        {
          from: owner,
          hoursLater: 0,
          body: `Jonas,\n\non the test server all events since Sunday are one hour late. The choir would come to an empty hall.\n\nRobin`,
        },
        {
          from: jonas,
          hoursLater: 1,
          body: `Daylight saving time, the old enemy. The server thinks in UTC, the page did not know. Fixed; please look again.\n\nJonas`,
        },
        { from: owner, hoursLater: 1, body: `All well again. The choir says thank you (they don't know it).\n\nRobin` },
        {
          from: jonas,
          hoursLater: 2,
          body: `I've added a test for the last Sunday in March and in October, so that it stays fixed.\n\nJonas`,
        },
      ],
    ),
    ...thread(
      { ...place, slug: 'web-launch', daysAgo: 41, time: '10:05', subject: 'Launch on Monday?', others: [priya, amira, jonas, nadia] },
      [
        {
          from: priya,
          hoursLater: 0,
          body: `Dear all,\n\nis there anything that speaks against Monday? If I hear nothing by Friday noon I shall tell the board.\n\nPriya`,
        },
        {
          from: nadia,
          hoursLater: 3,
          body: `The Russian pages still need a second pair of eyes. I can do that on Thursday evening.\n\nNadia`,
        },
        {
          from: jonas,
          hoursLater: 2,
          body: `From my side: go. The backup is tested - really tested, I restored it on an empty machine.\n\nJonas`,
        },
        { from: owner, hoursLater: 16, body: `Go. I shall be at my desk from seven, with a large pot of tea.\n\nRobin` },
        { from: amira, hoursLater: 5, body: `Go! I have already bought a cake.\n\nAmira` },
        {
          from: priya,
          hoursLater: 3,
          body: `Then it is decided. Thank you all, this was the nicest project for years. We stayed 1,140 below the budget, by the way.\n\nPriya`,
        },
      ],
    ),
    ...thread({ ...place, slug: 'web-after', daysAgo: 12, time: '13:30', subject: 'First month in numbers', others: [priya, amira] }, [
      {
        from: jonas,
        hoursLater: 0,
        body: `Hello,

four weeks after the launch:

  visitors            8,214   (old site, same month last year: 5,090)
  most read           opening hours, of course
  not found pages     37, nearly all of them typing mistakes
  time to first page  0.6 seconds

Nobody has asked for the slideshow.

Jonas`,
      },
      {
        from: owner,
        hoursLater: 1,
        body: `Lovely. And the phone is quiet: three calls about opening hours this week, down from about forty.\n\nRobin`,
      },
      { from: priya, hoursLater: 21, body: `I have printed your mail and hung it up in the kitchen.\n\nPriya` },
    ]),
    specification(),
  ]
}

function specification(): SampleMail {
  const words = [
    'What the new website is for',
    'Visitors find opening hours, events and how to reach us in two clicks.',
    'Texts are short. Pictures are our own.',
    'Everything works with the keyboard, with a screen reader, and on an old phone.',
  ]
  return {
    slug: 'web-specification',
    folder: 'Projects/Website',
    daysAgo: 204,
    time: '15:20',
    from: amira,
    subject: 'What the website is for (two pages, as Word and PDF)',
    body: mixed(
      text('Hello,\n\nas promised on Thursday: what we agreed, on two pages. The Word file is for changes, the PDF for printing.\n\nAmira'),
      file('website.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', docx(words)),
      file('website.pdf', 'application/pdf', pdf(words)),
    ),
  }
}

function office(owner: Person): readonly SampleMail[] {
  const place = { folder: 'INBOX', owner } as const
  return [
    ...thread({ ...place, slug: 'printer', daysAgo: 6, time: '09:15', subject: 'The printer on the second floor', others: [sam] }, [
      { from: owner, hoursLater: 0, body: `Hello Sam,\n\nthe printer says "load letter" and blinks. There is paper in it.\n\nRobin` },
      {
        from: sam,
        hoursLater: 1,
        body: `Hello Robin,\n\nit wants paper in the American size, because somebody has sent it a document that asks for it. Press the green button twice and it prints on what it has. I'll come by and teach it A4 for good.\n\nSam, Help Desk`,
      },
      { from: owner, hoursLater: 1, body: `Twice on the green button: it prints! Thank you.\n\nRobin` },
    ]),
    ...thread(
      { ...place, slug: 'budget-talk', daysAgo: 4, time: '10:20', subject: 'Budget for next year: first round', others: [priya, nadia] },
      [
        {
          from: priya,
          hoursLater: 0,
          body: `Dear Robin, dear Nadia,\n\nplease send me your wishes for next year's budget by the end of next week: one page each, and the three things that matter most at the top.\n\nLast year's figures are in the table that I sent in spring.\n\nPriya`,
        },
        {
          from: nadia,
          hoursLater: 5,
          body: `Mine are simple: translation of the events page, and a second chair for the visitors.\n\nNadia`,
        },
        {
          from: owner,
          hoursLater: 17,
          body: `I am working on it. Number one will be a new scanner for the archive; the old one has begun to sing.\n\nRobin`,
        },
      ],
    ),
    {
      slug: 'budget-table',
      folder: 'INBOX',
      daysAgo: 132,
      time: '16:45',
      from: priya,
      subject: 'Budget figures as a table',
      body: mixed(
        text('Dear all,\n\nhere are the figures of this year as a table that every spreadsheet opens.\n\nPriya'),
        file(
          'budget.csv',
          'text/csv',
          'Item;Planned;Spent\r\nWebsite;12000;10860\r\nBooks;3500;3412\r\nTea and biscuits;400;655\r\nPostage;900;318\r\n',
          { parameters: '; charset=utf-8' },
        ),
      ),
      isFlagged: true,
    },
    {
      slug: 'helpdesk-password',
      folder: 'INBOX',
      daysAgo: 47,
      time: '08:00',
      from: sam,
      subject: 'How to tell a real mail of ours from a trick',
      body: `Good morning,

somebody sends mail in our name again. Three rules that always hold:

- The Help Desk never asks for a password, neither by mail nor on the phone.
- We never send attachments that you must open "at once".
- When in doubt, call us. We would rather take ten calls for nothing than miss the eleventh.

Sam, Help Desk`,
    },
    ...officeNotes.map(
      ([slug, daysAgo, from, subject, body]): SampleMail => ({
        slug: `office-${slug}`,
        folder: 'INBOX',
        daysAgo,
        time: '11:40',
        from,
        subject,
        body,
      }),
    ),
  ]
}

const officeNotes: readonly (readonly [string, number, Person, string, string])[] = [
  [
    'keys',
    2,
    nadia,
    'Did anybody find a bunch of keys?',
    'Hello,\n\nI have lost my keys between the kitchen and the archive: a red ribbon, five keys, one of them very old. There is chocolate for whoever finds them.\n\nNadia',
  ],
  ['keys-found', 1, jonas, 'Keys: found', 'They were in the freezer, next to the ice cubes. I ask no questions.\n\nJonas'],
  [
    'room',
    15,
    priya,
    'The big room is taken all next week',
    'The painters come on Monday and stay until Friday. Please move your meetings to the library; I have spoken to them.\n\nPriya',
  ],
  [
    'coffee',
    19,
    jonas,
    'Coffee machine: the descaling light',
    'I have descaled it. It took an hour and sounded like a steam train, but the coffee tastes of coffee again.\n\nJonas',
  ],
  [
    'holiday',
    33,
    amira,
    'Away from Thursday to Tuesday',
    'I shall be walking along the coast and will not read mail. In urgent cases please ask Jonas, who knows everything.\n\nAmira',
  ],
  [
    'lunch',
    52,
    nadia,
    'Soup on Wednesday',
    'I shall bring a large pot of borscht on Wednesday. Please bring bowls, and somebody please bring bread.\n\nNadia',
  ],
  [
    'windows',
    67,
    sam,
    'Restart of the file server on Saturday',
    'The file server gets new disks on Saturday morning from 6 to 9. Please save your work on Friday, and close what you have open.\n\nSam, Help Desk',
  ],
  [
    'thanks',
    90,
    priya,
    'A letter from a visitor',
    'I want to share this with you: "I came for five minutes to get out of the rain, and stayed for two hours. Thank you for answering all my questions." Well done, all of you.\n\nPriya',
  ],
  [
    'archive',
    118,
    jonas,
    'The archive in boxes 40 to 60',
    'I have put numbers on the boxes and a list on the shared drive. Box 47 contains a stuffed owl. It looked at me.\n\nJonas',
  ],
  [
    'bikes',
    160,
    amira,
    'Who comes by bicycle?',
    'The city pays for a stand if we are at least eight. So far: Jonas, Nadia, I. Please write to me by Friday.\n\nAmira',
  ],
]
