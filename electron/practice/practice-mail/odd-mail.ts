// Mail that a program must cope with: bounces, broken structure, strange headers, things that only look like something else.
import type { Person } from './mail-headers.ts'
import { asWritten, file, forwarded, html, mixed, multipart, text } from './mail-parts.ts'
import { people } from './people.ts'
import { zip } from './sample-files.ts'
import type { SampleMail } from './sample-mail.ts'

const { jonas, theo, priya, sam, nadia, ben, mailer } = people

export function oddMail(owner: Person): readonly SampleMail[] {
  return [...structure(owner), ...headersAndPriorities(owner), ...brokenMail()]
}

function structure(owner: Person): readonly SampleMail[] {
  return [
    {
      slug: 'bounce',
      folder: 'INBOX',
      daysAgo: 2,
      time: '09:31',
      from: mailer,
      subject: 'Undelivered mail returned to sender',
      body: deliveryReport(owner),
      headers: ['Auto-Submitted: auto-replied', 'Return-Path: <>'],
      isUnread: true,
    },
    {
      slug: 'forwarded',
      folder: 'INBOX',
      daysAgo: 13,
      time: '15:44',
      from: priya,
      subject: 'FW: Praise from the town hall',
      body: mixed(text('Robin, this is for you as well. See the message inside this one.\n\nPriya'), forwarded(insideMessage)),
    },
    {
      slug: 'signed',
      folder: 'INBOX',
      daysAgo: 24,
      time: '10:10',
      from: jonas,
      subject: 'A signed message (the signature is not a real one)',
      body: signed(),
    },
    {
      slug: 'dangerous',
      folder: 'INBOX',
      daysAgo: 6,
      time: '03:12',
      from: { name: 'Your friend', address: 'friend@example.net' },
      subject: 'the holiday pictures!!',
      body: mixed(
        text(
          'hi, here are the pictures from the holiday, just double click\n\n(This is practice mail. The file is a plain text in disguise and can do no harm; a real one like this would.)',
        ),
        file(
          'holiday pictures.jpg.exe',
          'application/octet-stream',
          'This is a harmless text file. A file with this name in real mail is not.\r\n',
        ),
      ),
      isUnread: true,
    },
    {
      slug: 'many-files',
      folder: 'INBOX',
      daysAgo: 34,
      time: '16:02',
      from: nadia,
      subject: 'Everything for the archive: five files',
      body: mixed(
        text('Hello Robin,\n\nnames in all the ways that people give them.\n\nNadia'),
        file('Übersicht für Änderungen.txt', 'text/plain', 'A name with umlauts.\r\n', { parameters: '; charset=utf-8' }),
        file('архив.csv', 'text/csv', 'box;content\r\n47;owl\r\n', { parameters: '; charset=utf-8' }),
        file('box list.zip', 'application/zip', zip({ 'boxes.txt': '40 maps\n47 owl\n60 nobody knows\n' })),
        file(
          'a very long name that somebody gave a file because the folder was not enough to say what it is, second version, final.txt',
          'text/plain',
          'Final.\r\n',
        ),
        file('no-extension', 'application/octet-stream', 'Guess what I am.\r\n'),
      ),
    },
    {
      slug: 'html-only',
      folder: 'INBOX',
      daysAgo: 45,
      time: '12:50',
      from: theo,
      subject: 'Only HTML, and a lot of it',
      body: html(`<html><body bgcolor="#fff8e7"><font face="Comic Sans MS" size="5" color="#8e44ad"><marquee>The Late Trams play on Saturday!</marquee></font>
<table border="1" cellpadding="6"><tr><th>When</th><th>Where</th></tr><tr><td>Saturday, eight</td><td>The cellar (dry again)</td></tr></table>
<p>Doors at <b>seven</b>, <i>dry socks</i> <u>recommended</u>.</p><blockquote>"The best band in our street." - Marta</blockquote></body></html>`),
    },
  ]
}

function headersAndPriorities(owner: Person): readonly SampleMail[] {
  const longSubject =
    'About the question that Nadia asked at lunch, whether a subject can be so long that no program shows all of it, and what happens to the end of it: it can, and now we shall see what yours does with these last words'
  return [
    {
      slug: 'urgent',
      folder: 'INBOX',
      daysAgo: 1,
      time: '08:40',
      from: sam,
      subject: 'Water in the cellar: please move your boxes today',
      body: 'The pipe is repaired, but the floor will be wet until tomorrow. Please move everything that is made of paper, now.\n\nSam, Help Desk',
      headers: ['X-Priority: 1', 'X-MSMail-Priority: High', 'Importance: high'],
      isFlagged: true,
      isUnread: true,
    },
    {
      slug: 'no-hurry',
      folder: 'INBOX',
      daysAgo: 16,
      time: '17:15',
      from: jonas,
      subject: 'When you have time: the old cables',
      body: 'There is a box of old cables under my desk. Some of them may be worth keeping, none of them is urgent.\n\nJonas',
      headers: ['X-Priority: 5', 'Importance: low'],
    },
    { slug: 'long-subject', folder: 'INBOX', daysAgo: 28, time: '13:05', from: ben, subject: longSubject, body: 'Well?\n\nBen' },
    {
      slug: 'no-subject',
      folder: 'INBOX',
      daysAgo: 36,
      time: '23:58',
      from: theo,
      subject: '',
      body: 'Sorry, I was too quick with the Send button. It was about the socks.\n\nTheo',
    },
    {
      slug: 'receipt',
      folder: 'INBOX',
      daysAgo: 40,
      time: '09:45',
      from: priya,
      subject: 'Please confirm that you have read this',
      body: 'The doors get new locks on Monday. Please confirm that you have read this, so that nobody stands outside.\n\nPriya',
      headers: [`Disposition-Notification-To: ${priya.address}`],
    },
    {
      slug: 'many-recipients',
      folder: 'INBOX',
      daysAgo: 55,
      time: '11:11',
      from: nadia,
      to: [owner, ...Object.values(people).slice(1, 18)],
      cc: Object.values(people).slice(18, 22),
      subject: 'Everybody, everybody!',
      body: 'This goes to all of you, to show how long a list of names can get. No need to answer, and please not to all.\n\nNadia',
    },
    {
      slug: 'emoji',
      folder: 'INBOX',
      daysAgo: 12,
      time: '20:02',
      from: ben,
      subject: '🎉🎂🎈 for Lily, but 🤫',
      body: 'Surprise on Saturday at seven 🕖. Bring 🎁, not 🐈 (allergic). Families welcome 👨‍👩‍👧‍👦.\n\nBen',
    },
  ]
}

/** What real mailboxes contain as well: none of this may stop a program or hide the message. */
function brokenMail(): readonly SampleMail[] {
  const broken = (slug: string, daysAgo: number, subject: string, body: SampleMail['body']): SampleMail => ({
    slug: `broken-${slug}`,
    folder: 'INBOX',
    daysAgo,
    time: '04:04',
    from: { name: 'Broken on purpose', address: 'broken@example.org' },
    subject,
    body,
  })
  return [
    broken(
      'boundary',
      48,
      'Broken on purpose: the last boundary is missing',
      asWritten(
        ['Content-Type: multipart/mixed; boundary="here"'],
        '--here\nContent-Type: text/plain\n\nThis part is whole.\n--here\nContent-Type: text/plain\n\nAfter this one, the message just ends',
      ),
    ),
    broken(
      'charset',
      51,
      'Broken on purpose: a charset that does not exist',
      asWritten(
        ['Content-Type: text/plain; charset=x-nobody-knows', 'Content-Transfer-Encoding: 8bit'],
        'Caf\xe9 cr\xe8me, in a charset that nobody knows.\n',
      ),
    ),
    broken(
      'base64',
      59,
      'Broken on purpose: base64 with a hole',
      asWritten(
        ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
        'VGhpcyBpcyBzdGlsbCByZWFkYWJsZSwgdXAgdG8gaGVyZS4=\n!!! not base64 !!!\n',
      ),
    ),
    broken(
      'header',
      64,
      'Broken on purpose: a header line that is none',
      asWritten(['This line is not a header', 'Content-Type: text/plain'], 'The line above my type has no colon.\n'),
    ),
    broken(
      'type',
      71,
      'Broken on purpose: nonsense as content type',
      asWritten(['Content-Type: ; ; text'], 'Shown as plain text, for want of anything better.\n'),
    ),
    broken('nested', 78, 'Broken on purpose: parts in parts in parts', nest(9)),
    broken(
      'quoted',
      85,
      'Broken on purpose: quoted-printable with loose ends',
      asWritten(
        ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
        'An equals sign = in the middle, =ZZ is no number, and one at the end =\n',
      ),
    ),
  ]
}

function nest(depth: number): ReturnType<typeof text> {
  return depth === 0 ? text('You have found me, nine levels down.') : mixed(nest(depth - 1))
}

/** RFC 3464: what happened in words, the same for programs, and the headers of what came back. */
function deliveryReport(owner: Person) {
  const words = text(`This is the mail system at mail.example.org.

Your message could not be delivered to:

  no-such-person@example.com

The other server said: 550 5.1.1 User unknown. Please check the address; the message itself is below.`)
  const status = asWritten(
    ['Content-Type: message/delivery-status'],
    `Reporting-MTA: dns; mail.example.org\n\nFinal-Recipient: rfc822; no-such-person@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n`,
  )
  const original = asWritten(
    ['Content-Type: text/rfc822-headers'],
    `From: ${owner.name} <${owner.address}>\nTo: no-such-person@example.com\nSubject: Hello?\n`,
  )
  const report = multipart('report', [words, status, original])
  return {
    ...report,
    headers: report.headers.map((line) => line.replace('multipart/report;', 'multipart/report; report-type=delivery-status;')),
  }
}

function signed() {
  const signature = asWritten(
    ['Content-Type: application/pgp-signature; name="signature.asc"', 'Content-Description: Digital signature'],
    '-----BEGIN PGP SIGNATURE-----\n\nTm90IGEgcmVhbCBzaWduYXR1cmUsIG9ubHkgcHJhY3RpY2UgbWFpbC4=\n-----END PGP SIGNATURE-----\n',
  )
  const part = multipart('signed', [
    text('This message carries a signature in a part of its own. It looks like one but proves nothing.\n\nJonas'),
    signature,
  ])
  return {
    ...part,
    headers: part.headers.map((line) =>
      line.replace('multipart/signed;', 'multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature";'),
    ),
  }
}

const insideMessage = Buffer.from(
  [
    'From: Town Hall <townhall@example.net>',
    'To: Priya Raman <priya.raman@example.org>',
    'Subject: Praise from the town hall',
    'Date: Mon, 03 Mar 2025 09:00:00 +0000',
    'Message-ID: <praise@townhall.example.net>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Dear Ms Raman,',
    '',
    'the new website is a pleasure: for the first time I found your opening',
    'hours before I needed them. Please tell everybody who worked on it.',
    '',
    'The Mayor',
    '',
  ].join('\r\n'),
)
