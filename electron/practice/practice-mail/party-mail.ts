// The street's summer party: plans, lists, thanks.
import type { Person } from './mail-headers.ts'
import { alternative, file, html, mixed, text } from './mail-parts.ts'
import { people } from './people.ts'
import { beach, pdf } from './sample-files.ts'
import { type SampleMail, thread } from './sample-mail.ts'

const { marta, theo, lily, walter, rosa } = people

export function partyMail(owner: Person): readonly SampleMail[] {
  const place = { folder: 'Projects/Summer party', owner } as const
  return [
    ...thread(
      { ...place, slug: 'party-date', daysAgo: 142, time: '18:05', subject: 'Summer party: which Saturday?', others: [marta, theo, lily] },
      [
        {
          from: marta,
          hoursLater: 0,
          body: `Dear neighbours,\n\nlast year it rained, so this year it can't. The city gives us the street on the second or on the fourth Saturday in July. Which one?\n\nMarta`,
        },
        {
          from: theo,
          hoursLater: 2,
          body: `The band is free on the fourth. On the second we play at a wedding, and they have better food.\n\nTheo`,
        },
        { from: lily, hoursLater: 1, body: `Fourth! I am still on the island on the second.\n\nLily` },
        { from: owner, hoursLater: 12, body: `The fourth, then. I'll write the letter to the city and ask for the barriers.\n\nRobin` },
        { from: marta, hoursLater: 1, body: `Decided. I have put a cross in the big calendar in my kitchen, so it counts.\n\nMarta` },
      ],
    ),
    ...thread(
      { ...place, slug: 'party-food', daysAgo: 109, time: '19:30', subject: 'Who brings what', others: [marta, lily, walter, rosa] },
      [
        {
          from: marta,
          hoursLater: 0,
          body: `The list so far:

  potato salad      Marta
  bread             the bakery, Robin asks
  grill             Walter (he will not let anybody else touch it)
  cake              ?
  something green   ?
  drinks            ?

Please fill in.

Marta`,
        },
        { from: lily, hoursLater: 4, body: `Something green: I'll make the bean salad with mint.\n\nLily` },
        { from: rosa, hoursLater: 3, body: `Two cakes, one of them without nuts for Theo's daughter.\n\nRosa` },
        {
          from: walter,
          hoursLater: 15,
          body: `It is not that I let nobody touch it. It is that nobody has asked properly. I need 10 kg of charcoal.\n\nWalter`,
        },
        {
          from: owner,
          hoursLater: 2,
          body: `The bakery gives us forty rolls for a poster in their window. I take care of drinks and charcoal.\n\nRobin`,
        },
        { from: marta, hoursLater: 6, body: `Then the list is full, faster than ever. Thank you!\n\nMarta` },
      ],
    ),
    ...thread({ ...place, slug: 'party-music', daysAgo: 84, time: '21:15', subject: 'Music: how loud, how long', others: [theo, marta] }, [
      {
        from: theo,
        hoursLater: 0,
        body: `We would play from six to ten, with a break for the cake. Two guitars, accordion, a small drum. Nothing that makes windows tremble.\n\nTheo`,
      },
      { from: marta, hoursLater: 1, body: `Ten is what the city allows, so make the last song a slow one.\n\nMarta` },
      {
        from: owner,
        hoursLater: 11,
        body: `I have asked number 14 (the baby) and number 9 (the night nurse): both are fine with ten.\n\nRobin`,
      },
    ]),
    ...thread({ ...place, slug: 'party-rain', daysAgo: 63, time: '07:50', subject: 'And if it rains?', others: [marta, walter] }, [
      { from: walter, hoursLater: 0, body: `Somebody must say it. And if it rains?\n\nWalter` },
      { from: marta, hoursLater: 1, body: `It will not rain.\n\nMarta` },
      { from: walter, hoursLater: 1, body: `I have a tarpaulin, six by eight metres, from the boat.\n\nWalter` },
      { from: owner, hoursLater: 4, body: `Let us take the tarpaulin, and hope that Marta is right.\n\nRobin` },
      { from: marta, hoursLater: 2, body: `You will see.\n\nMarta` },
    ]),
    poster(),
    ...thread(
      { ...place, slug: 'party-thanks', daysAgo: 54, time: '10:10', subject: 'It did not rain', others: [marta, theo, lily, walter, rosa] },
      [
        {
          from: marta,
          hoursLater: 0,
          body: `I only say: it did not rain.\n\nThank you all. 112 people, forty rolls, both cakes gone by eight, and Walter let three different people touch the grill.\n\nMarta`,
        },
        { from: rosa, hoursLater: 2, body: `The best one yet. Next year three cakes.\n\nRosa` },
        { from: theo, hoursLater: 3, body: `We have never had such dancers. The night nurse knows every waltz there is.\n\nTheo` },
        { from: owner, hoursLater: 20, body: `Pictures follow. There is 86.40 left over; I put it into the tin for next year.\n\nRobin` },
      ],
    ),
    pictures(),
  ]
}

function poster(): SampleMail {
  const lines = [
    'Summer party in Harbour Street',
    'The fourth Saturday in July, from three in the afternoon',
    'Grill, cake, music by The Late Trams',
    'Bring a plate and a neighbour.',
  ]
  return {
    slug: 'party-poster',
    folder: 'Projects/Summer party',
    daysAgo: 77,
    time: '20:20',
    from: lily,
    subject: 'The poster',
    body: mixed(
      alternative(
        text('Hello,\n\nhere is the poster. I have already printed twenty; the bakery has the first one.\n\nLily'),
        html(
          '<p>Hello,</p><p>here is the <b style="color:#b03a2e">poster</b>. I have already printed twenty; the bakery has the first one.</p><p>Lily</p>',
        ),
      ),
      file('poster.pdf', 'application/pdf', pdf(lines)),
    ),
    isFlagged: true,
  }
}

/** The big one of the collection: some 1.2 MB on the wire. */
function pictures(): SampleMail {
  return {
    slug: 'party-pictures',
    folder: 'Projects/Summer party',
    daysAgo: 52,
    time: '19:00',
    from: lily,
    subject: 'Pictures of the party (one large file)',
    body: mixed(
      text(
        'Dear all,\n\nthe best of my pictures. Not the party itself, I am afraid: I only remembered the camera when we drove to the sea on Sunday.\n\nLily',
      ),
      file('sunday at the sea.png', 'image/png', beach(640, 460, 24)),
    ),
  }
}
