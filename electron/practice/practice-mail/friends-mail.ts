// Family and friends.
import type { Person } from './mail-headers.ts'
import { alternative, file, html, mixed, related, text } from './mail-parts.ts'
import { people } from './people.ts'
import { beach } from './sample-files.ts'
import { type SampleMail, thread } from './sample-mail.ts'

const { helen, george, lily, theo, ben, ines, marta, walter, rosa } = people

export function friendsMail(owner: Person): readonly SampleMail[] {
  const place = { folder: 'INBOX', owner } as const
  return [
    ...thread({ ...place, slug: 'sunday-lunch', daysAgo: 0, time: '07:40', subject: 'Lunch on Sunday?', others: [helen] }, [
      {
        from: helen,
        hoursLater: 0,
        body: `Dear Robin,\n\nare you coming on Sunday? There will be the plum cake, and your father has repaired the garden bench, which wants to be admired.\n\nMum`,
      },
    ]),
    ...thread({ ...place, slug: 'book', daysAgo: 3, time: '20:10', subject: 'The book that you lent me', others: [lily] }, [
      {
        from: lily,
        hoursLater: 0,
        body: `I finished it at two in the morning, which is your fault. Do you have the second one? And please tell me that the dog survives.\n\nLily`,
      },
      { from: owner, hoursLater: 9, body: `The dog survives. I bring the second one on Tuesday; there is a third.\n\nRobin` },
      { from: lily, hoursLater: 1, body: `A third! There goes my October.\n\nLily` },
    ]),
    ...thread({ ...place, slug: 'chess', daysAgo: 10, time: '21:00', subject: 'Chess by mail, game 7', others: [ben] }, [
      {
        from: ben,
        hoursLater: 0,
        body: `14. Nf5\n\nI have been thinking about this for nine days, so please take at least one evening.\n\nBen`,
      },
      { from: owner, hoursLater: 23, body: `14. ... Bxf5\n\nOne evening, as ordered.\n\nRobin` },
      { from: ben, hoursLater: 30, body: `15. exf5\n\nI knew it. I don't like it, but I knew it.\n\nBen` },
      { from: owner, hoursLater: 26, body: `15. ... Qd5\n\nHow is the snow on your side?\n\nRobin` },
      { from: ben, hoursLater: 27, body: `16. Qf3\n\nUp to the windows. The children have dug a tunnel to the mailbox.\n\nBen` },
    ]),
    ...thread(
      { ...place, slug: 'piano', daysAgo: 25, time: '18:30', subject: 'Piano: free to whoever carries it', others: [marta, theo] },
      [
        {
          from: marta,
          hoursLater: 0,
          body: `My aunt gives away her piano. It is brown, heavy, and nearly in tune. Third floor, no lift.\n\nMarta`,
        },
        { from: theo, hoursLater: 1, body: `I want it. I need six strong people and a rope.\n\nTheo` },
        { from: owner, hoursLater: 2, body: `I am one of the six, as long as somebody else is the rope.\n\nRobin` },
        {
          from: theo,
          hoursLater: 70,
          body: `It stands in our hall, and my daughter plays the same four notes since yesterday. Thank you, I think.\n\nTheo`,
        },
      ],
    ),
    {
      slug: 'postcard',
      folder: 'INBOX',
      daysAgo: 8,
      time: '16:25',
      from: ines,
      subject: 'Um postal da praia ☀️',
      body: alternative(
        text(
          'Olá Robin!\n\nThe sea is cold, the sardines are good, and the tram still does not stop where it says. Come in spring!\n\nBeijinhos\nInês',
        ),
        related(
          html(
            '<p>Olá Robin!</p><p><img src="cid:praia@practice" alt="The beach" width="320" height="200"></p><p>The sea is cold, the sardines are good, and the tram still does not stop where it says. Come in spring!</p><p>Beijinhos<br>Inês</p>',
          ),
          file('praia.png', 'image/png', beach(320, 200), { contentId: 'praia@practice' }),
        ),
      ),
      isUnread: true,
    },
    {
      slug: 'card',
      folder: 'INBOX',
      daysAgo: 35,
      time: '09:05',
      from: rosa,
      subject: 'My new address, as a card',
      body: mixed(
        text('Hello Robin,\n\nwe have moved, two streets further up the hill. The card is attached, so that you need not type.\n\nRosa'),
        file(
          'Rosa Delgado.vcf',
          'text/vcard',
          'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Delgado;Rosa;;;\r\nFN:Rosa Delgado\r\nEMAIL;TYPE=INTERNET:rosa.delgado@example.net\r\nADR;TYPE=HOME:;;8 Hill Street;Harbour;;;\r\nEND:VCARD\r\n',
          { parameters: '; charset=utf-8' },
        ),
      ),
    },
    {
      slug: 'stories',
      folder: 'INBOX',
      daysAgo: 20,
      time: '22:10',
      from: walter,
      subject: 'How we brought the boat home (a long one, take a cup of tea)',
      body: text(boatStory, { isFlowed: true }),
    },
    ...notes.map(
      ([slug, daysAgo, from, subject, body]): SampleMail => ({
        slug: `note-${slug}`,
        folder: daysAgo > 200 ? 'Archive' : 'INBOX',
        daysAgo,
        time: times[daysAgo % times.length] ?? '12:00',
        from,
        subject,
        body,
        isUnread: daysAgo < 3,
      }),
    ),
  ]
}

const times = ['08:12', '10:47', '12:31', '15:05', '17:58', '19:22', '21:36'] as const

const boatStory = `Dear Robin,

you asked how we brought the boat home, and I promised to write it down, so here it is.

We left at five, when the harbour was as flat as a plate. Rosa had the map, I had the coffee, and the engine had, as we learned an hour later, a hole. Not a large one. An engine does not need a large one.

So we put up the sail, which had not been out of its bag since the summer of the wasps. There was still a nest in it, empty, very neatly made. We thanked the wasps and sailed on.

Around noon the wind went to sleep. We lay in the middle of the bay and listened to the buoy, which says "dong" every eleven seconds. After two hours one begins to wait for it. After three, one begins to answer.

A fishing boat came by and asked whether we needed help. Rosa said no, we were only waiting for the wind. The man looked at the sky, then at us, then gave us a rope, four mackerel and a long speech about people who wait for the wind.

He towed us as far as the lighthouse. There the wind woke up, from the wrong side, and we needed the rest of the day for what is twenty minutes by bicycle. We came in at nine in the evening. Somebody on the quay applauded. I believe it was the night nurse.

The engine has a new part now. The wasps' nest is on my window sill. The mackerel were very good.

Walter`

const notes: readonly (readonly [string, number, Person, string, string])[] = [
  ['bench', 0, george, 'The bench', 'It holds. I sat on it for an hour to be sure, with a newspaper, in the name of science.\n\nDad'],
  [
    'rehearsal',
    1,
    theo,
    'Rehearsal moved to Thursday',
    'The cellar is under water (only a little, only the corner with the drums). Thursday at my place, please bring dry socks.\n\nTheo',
  ],
  [
    'apples',
    2,
    marta,
    'Apples',
    'There are three baskets of apples in front of my door. Please take some, please take many, please take a basket.\n\nMarta',
  ],
  [
    'film',
    5,
    lily,
    'Film on Friday',
    "The little cinema shows the one with the postman and the poet. Eight o'clock, I get the tickets, you get the popcorn.\n\nLily",
  ],
  [
    'recipe',
    7,
    helen,
    'The plum cake, since you ask',
    'Dear Robin,\n\n500 g flour, 250 ml milk, 80 g butter, 80 g sugar, one egg, half a cube of yeast, a pinch of salt. Let it rise for an hour. Then plums, as many as will stand upright; then 200 degrees for 35 minutes. The secret is cinnamon in the crumble, but your grandmother took it with her, so you did not hear it from me.\n\nMum',
  ],
  [
    'cat',
    11,
    rosa,
    'Could you feed the cat?',
    "We are away from Friday to Sunday. One tin in the morning, half in the evening; he will tell you that it is the other way round. Don't believe him.\n\nRosa",
  ],
  ['cat-report', 13, rosa, 'Re: Could you feed the cat?', 'He is rounder than on Friday. I see. Thank you all the same!\n\nRosa'],
  [
    'bicycle',
    17,
    ben,
    'A question about bicycles',
    'You know about these things: is a chain that jumps only in the third gear a matter of the chain or of the third gear?\n\nBen',
  ],
  [
    'snow',
    29,
    ben,
    'Snow',
    'We have snow since last night. In September! The school bus came on time, which tells you everything about this country.\n\nBen',
  ],
  [
    'choir',
    38,
    marta,
    'The choir needs a bass',
    'Do you still sing in the kitchen? The choir has seven sopranos and no bass. There is cake afterwards.\n\nMarta',
  ],
  [
    'umbrella',
    43,
    walter,
    'Your umbrella',
    'is on my boat. It has been useful, as an anchor for the tablecloth. Come and fetch it when you like.\n\nWalter',
  ],
  [
    'moon',
    49,
    ines,
    'Look at the moon',
    'Tonight, about ten, next to the church tower: the eclipse. The whole street will stand on the roofs. I wave from here.\n\nInês',
  ],
  [
    'photos',
    61,
    helen,
    'Old photographs',
    'I found a box: you on a tricycle, very angry; your father with hair. I let them be scanned.\n\nMum',
  ],
  [
    'exam',
    70,
    theo,
    'She passed!',
    'Four notes have become forty, and today she passed her first piano exam. She says thank you to the six who carried it. We celebrate on Saturday.\n\nTheo',
  ],
  [
    'tomatoes',
    79,
    walter,
    'Tomatoes',
    "I planted six and have, by a mistake that I don't understand, forty. Do you need tomato plants? Everybody needs tomato plants.\n\nWalter",
  ],
  [
    'train-set',
    95,
    george,
    'The train set',
    'It runs again. The signal at the tunnel was only dusty. I have been downstairs since yesterday, your mother sends soup.\n\nDad',
  ],
  [
    'language',
    104,
    ines,
    'Portuguese, lesson 12',
    'Your postcard was very good! Only one thing: "estou cheia" means that you have eaten enough, not that you are cheerful. The neighbours liked it.\n\nInês',
  ],
  [
    'quiz',
    115,
    lily,
    'Quiz night: we came second',
    'Second! By one point! It was the question about the capital of Australia, and I shall not say who said Sydney.\n\nLily',
  ],
  [
    'bees',
    128,
    rosa,
    'There are bees in our chimney',
    'The beekeeper comes on Wednesday and says they are peaceful. The cat does not agree.\n\nRosa',
  ],
  ['marathon', 137, ben, 'Half of a half marathon', 'I ran ten kilometres. My legs have filed a complaint. How is yours going?\n\nBen'],
  [
    'glasses',
    149,
    helen,
    'Your glasses',
    'You left them on the piano. I put them into an envelope, and the envelope next to the telephone, where I shall forget it.\n\nMum',
  ],
  [
    'kite',
    163,
    theo,
    'Kite',
    'It flew for eleven minutes and now lives in the big oak by the church. If you know somebody with a very long ladder ...\n\nTheo',
  ],
  ['bread', 172, marta, 'Sourdough', 'I have too much of it. It grows at night. Please take a jar, and feed it every Friday.\n\nMarta'],
  [
    'clock',
    195,
    george,
    'The kitchen clock',
    'You were right, it was the battery. I had already taken it apart. There are two screws left, but it works.\n\nDad',
  ],
  [
    'birthday',
    226,
    lily,
    'Thank you for the birthday',
    'It was lovely. The telescope stands on the roof, and last night I saw the rings of Saturn, very small and quite unbelievable.\n\nLily',
  ],
  ['carnival', 288, ines, 'Carnival', 'We went as a tram: eleven people, one behind the other, with a bell. We stopped nowhere.\n\nInês'],
  ['newyear', 320, walter, 'All good wishes', 'May your year have more wind than you need and fewer holes than mine.\n\nWalter'],
  ['stars', 345, ben, 'Shooting stars', 'Forty-one in one hour! The children counted, so it may have been fourteen.\n\nBen'],
  ['marmalade', 372, helen, 'Marmalade', "Eleven jars. Three for you. Please bring back last year's glasses.\n\nMum"],
  [
    'guitar',
    401,
    theo,
    'The small guitar',
    'I bought it after all. It fits under the seat of a train, and sounds like a large one that has been told to be quiet.\n\nTheo',
  ],
  ['swim', 433, lily, 'First swim', 'Fourteen degrees. I was in the water for as long as it takes to say so.\n\nLily'],
  [
    'old-house',
    468,
    rosa,
    'We have found a house',
    'It has no heating, a door that does not close, and a view that you would not believe. We took it.\n\nRosa',
  ],
  [
    'hedgehog',
    505,
    george,
    'There is a hedgehog',
    'in the garden. He comes at nine, like the news. I have built a small house for him, your mother says it is too large.\n\nDad',
  ],
  [
    'ferry-first',
    541,
    lily,
    'The first time on the island',
    'Do you remember that we wanted to stay for one day? I have put the shell on my desk.\n\nLily',
  ],
  [
    'orchestra',
    580,
    ines,
    'The orchestra plays on the beach',
    'On Saturday, when the tide is out. They have exactly fifty minutes.\n\nInês',
  ],
  ['tricycle', 622, helen, 'Your old tricycle', 'Could we give it to the kindergarten? It is in the cellar and looks at me.\n\nMum'],
  [
    'ladder',
    660,
    marta,
    'Ladder',
    'Who has my ladder? It is not an accusation, only a question that I ask in every house of the street.\n\nMarta',
  ],
  [
    'hello',
    712,
    lily,
    'Is this your new address?',
    'Hello Robin,\n\nMarta gave me this address. If it is you: hello! If it is not: hello all the same, whoever you are.\n\nLily',
  ],
]
