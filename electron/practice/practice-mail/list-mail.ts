// A mailing list, as servers send it on: subject prefix, list headers, answers go to the list.
import type { Person } from './mail-headers.ts'
import { allotments, people } from './people.ts'
import { type SampleMail, thread } from './sample-mail.ts'

const { walter, rosa, marta, nadia, ben } = people

const listHeaders = [
  'List-Id: Allotment gardeners <allotments.lists.example.net>',
  'List-Post: <mailto:allotments@lists.example.net>',
  'List-Unsubscribe: <mailto:allotments-leave@lists.example.net>',
  'List-Archive: <https://lists.example.net/allotments>',
  'Precedence: list',
  'Reply-To: Allotment gardeners <allotments@lists.example.net>',
]

export function listMail(owner: Person): readonly SampleMail[] {
  const place = { folder: 'INBOX', owner, headers: listHeaders } as const
  const threads = [
    thread({ ...place, slug: 'list-pump', daysAgo: 18, time: '08:20', subject: '[allotments] The pump', others: [] }, [
      { from: walter, hoursLater: 0, body: `The pump at plot 12 has stopped. It makes a noise as if it were thinking.\n\nWalter, plot 7` },
      { from: rosa, hoursLater: 2, body: `Last time it was a frog. Has anybody looked?\n\nRosa, plot 11` },
      { from: walter, hoursLater: 1, body: `It was a frog. He is well and has been moved to the pond.\n\nWalter, plot 7` },
      { from: marta, hoursLater: 3, body: `Could we put a sieve in front of the pipe before he comes back?\n\nMarta, plot 3` },
      { from: owner, hoursLater: 10, body: `I have one from the old sink. I bring it on Saturday.\n\nRobin, plot 9` },
    ]),
    thread({ ...place, slug: 'list-seeds', daysAgo: 74, time: '17:10', subject: '[allotments] Seeds to swap', others: [] }, [
      {
        from: nadia,
        hoursLater: 0,
        body: `I have: dill, black radish, the big yellow tomatoes.\nI look for: runner beans, anything blue.\n\nNadia, plot 15`,
      },
      { from: rosa, hoursLater: 4, body: `Runner beans: as many as you like. I take the tomatoes.\n\nRosa, plot 11` },
      {
        from: walter,
        hoursLater: 15,
        body: `Please nobody take tomatoes from me this year. I mean: please everybody do.\n\nWalter, plot 7`,
      },
      {
        from: ben,
        hoursLater: 5,
        body: `Blue: borage. It comes by itself and never leaves.\n\nBen, formerly plot 2, still on the list because I miss you`,
      },
    ]),
    thread({ ...place, slug: 'list-gate', daysAgo: 120, time: '20:45', subject: '[allotments] Please close the gate', others: [] }, [
      {
        from: marta,
        hoursLater: 0,
        body: `The goat of number 4 was in the lettuce again. Please close the gate, also when you are only gone for a minute. She is watching.\n\nMarta, plot 3`,
      },
      { from: walter, hoursLater: 1, body: `I thought that the goat belonged to the association.\n\nWalter, plot 7` },
      { from: nadia, hoursLater: 2, body: `The goat belongs to herself.\n\nNadia, plot 15` },
    ]),
    thread({ ...place, slug: 'list-meeting', daysAgo: 199, time: '09:00', subject: '[allotments] Yearly meeting: agenda', others: [] }, [
      {
        from: marta,
        hoursLater: 0,
        body: `Agenda:\n\n1. Report of the treasurer\n2. The pump\n3. The gate\n4. The goat\n5. Budget for the new shed\n6. Cake\n\nMarta, plot 3`,
      },
      { from: rosa, hoursLater: 6, body: `Can we move 6 before 5? It would help with 5.\n\nRosa, plot 11` },
      { from: marta, hoursLater: 1, body: `Moved.\n\nMarta, plot 3` },
    ]),
  ]
  return threads
    .flat()
    .map((mail) => (mail.folder === 'Sent Items' ? { ...mail, to: [allotments], headers: [] } : { ...mail, to: [allotments] }))
}
