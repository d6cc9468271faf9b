// What a newcomer reads first: what practice mode is, and what to try.
import type { Person } from './mail-headers.ts'
import { alternative, file, html, related, text } from './mail-parts.ts'
import { people } from './people.ts'
import { badge } from './sample-files.ts'
import type { SampleMail } from './sample-mail.ts'

export function welcomeMail(owner: Person): readonly SampleMail[] {
  return [welcome(owner), ...tips.map(toMail)]
}

function welcome(owner: Person): SampleMail {
  const stamp = badge(96, 64, [38, 98, 168])
  const page = html(welcomeHtml)
  return {
    slug: 'welcome',
    folder: 'INBOX',
    daysAgo: 0,
    time: '23:59',
    from: people.postrider,
    to: [owner],
    subject: 'Welcome to Postrider - this is practice mode',
    body: alternative(
      text(welcomeText, { isFlowed: true }),
      related(page, file('stamp.png', 'image/png', stamp, { contentId: 'stamp@practice' })),
    ),
    isUnread: true,
  }
}

const welcomeText = `
Hello, and welcome to Postrider!

You are in practice mode. Everything works as with a real account, but the mail servers are inside the program: nothing that you do here leaves this computer, and nothing here belongs to a real person.

Five things to try:

1. Answer this message. Press Ctrl+R, write something, press Send. A friendly answer arrives with the next Send and Receive.

2. Look around. There are about 300 messages: short ones, long ones, newsletters, travel plans with attachments, mail in Japanese, Greek and Arabic, and a few that are broken on purpose.

3. Search. Type "ferry" into the search box; type "budget", and watch the list.

4. Go offline. Choose File > Work Offline. All mail that was downloaded can still be read, searched and answered; what you write waits in the Outbox.

5. Break something. Delete, move, make folders. It is only practice mail, and nobody will miss it.

When you are ready for your own mail, choose Tools > Accounts, then Add > Mail, and the wizard asks for what it needs. Practice accounts can be removed at the same place.

Have a good time,
The Postrider developers
`

const welcomeHtml = `
<html><body style="font-family: 'Segoe UI', Arial, sans-serif; font-size: 14px; color: #222">
<p><img src="cid:stamp@practice" alt="" width="96" height="64"></p>
<h2 style="color: #26629f">Welcome to Postrider!</h2>
<p>You are in <b>practice mode</b>. Everything works as with a real account, but the mail servers are inside the program: nothing that
you do here leaves this computer, and nothing here belongs to a real person.</p>
<p>Five things to try:</p>
<ol>
<li><b>Answer this message.</b> Press Ctrl+R, write something, press Send. A friendly answer arrives with the next Send and Receive.</li>
<li><b>Look around.</b> There are about 300 messages: short ones, long ones, newsletters, travel plans with attachments, mail in Japanese,
Greek and Arabic, and a few that are broken on purpose.</li>
<li><b>Search.</b> Type <i>ferry</i> into the search box; type <i>budget</i>, and watch the list.</li>
<li><b>Go offline.</b> Choose File &gt; Work Offline. All mail that was downloaded can still be read, searched and answered; what you write
waits in the Outbox.</li>
<li><b>Break something.</b> Delete, move, make folders. It is only practice mail, and nobody will miss it.</li>
</ol>
<p>When you are ready for your own mail, choose Tools &gt; Accounts, then Add &gt; Mail, and the wizard asks for what it needs. Practice
accounts can be removed at the same place.</p>
<p>Have a good time,<br>The Postrider developers</p>
</body></html>
`

interface Tip {
  readonly slug: string
  readonly daysAgo: number
  readonly subject: string
  readonly body: string
}

function toMail({ slug, daysAgo, subject, body }: Tip): SampleMail {
  return {
    slug: `tip-${slug}`,
    folder: 'INBOX',
    daysAgo,
    time: '07:30',
    from: people.postrider,
    subject: `Tip: ${subject}`,
    body: `${body.trim()}\n\n-- \nOne tip a week from the Postrider developers`,
    isUnread: daysAgo < 9,
  }
}

const tips: readonly Tip[] = [
  {
    slug: 'pictures',
    daysAgo: 2,
    subject: 'why some pictures stay empty',
    body: `Many newsletters keep their pictures on a server. When a mail program fetches them, the sender learns that you have opened the message, when, and from where.

Postrider fetches nothing by itself. Where something was left out, a bar above the message says so. Pictures that came inside the message, as in our welcome letter, are shown at once: nobody learns anything from those.`,
  },
  {
    slug: 'attachments',
    daysAgo: 9,
    subject: 'attachments that could do harm',
    body: `A file whose name ends with .exe, .js or .lnk is a program. In a message it is nearly always a trick, also when it comes from somebody you know.

Postrider warns you about such files. There is an example in this practice mail: look for "the holiday pictures" and for the name of the file. It is harmless, a plain text in disguise.`,
  },
  {
    slug: 'codes',
    daysAgo: 16,
    subject: 'error codes that can be said on the phone',
    body: `When something goes wrong, Postrider tells you in three short sentences what did not happen, why, and what to do.

Below that stands a code like TLS-3 or POP-1. Say it to your help desk: it means the same to them, in every language, and tells them at once where to look. "Details" shows what the server itself answered.`,
  },
  {
    slug: 'leave-on-server',
    daysAgo: 23,
    subject: 'POP3: leave a copy on the server, or not?',
    body: `With a POP3 account, mail is fetched from the server and then, usually, removed there. That is fine as long as you read your mail on one computer.

Do you also read it on a phone? Then tick "Leave a copy of messages on server" in the account's properties, on the Advanced page. You can have the copies removed after some days, or when you delete a message here.

Postrider never removes a message from the server before it is safely stored on this computer.`,
  },
  {
    slug: 'imap',
    daysAgo: 30,
    subject: 'IMAP: one mailbox, many places',
    body: `With an IMAP account, the server keeps your mail in folders, and every program that you use shows the same. Read a message on the phone, and it counts as read here too.

Postrider keeps a copy of what you have read, so that it is there without a network. What you do offline - moving, deleting, marking - is done on the server as soon as you are back.`,
  },
  {
    slug: 'search',
    daysAgo: 37,
    subject: 'finding a message again',
    body: `Type into the search box above the message list. Postrider looks at sender, recipients, subject and the whole text, in the folder that you see.

Click on the heading of a column to sort by it, click again to turn the order round. "From" puts all mail of one person together; "Size" finds what fills your disk.`,
  },
  {
    slug: 'keyboard',
    daysAgo: 44,
    subject: 'hands on the keyboard',
    body: `The keys are those that you may know from long ago:

  Ctrl+N   new message
  Ctrl+R   reply
  Ctrl+Shift+R   reply to all
  Ctrl+F   forward
  Ctrl+M   send and receive all
  Ctrl+Q   mark as read
  Del      delete

Every menu shows its own. Nothing in Postrider needs a mouse.`,
  },
  {
    slug: 'offline',
    daysAgo: 58,
    subject: 'mail on a train',
    body: `File > Work Offline is a promise: Postrider will not connect until you say so.

Before a journey, press Send and Receive once. Then everything that was fetched can be read and answered on the way. Your answers wait in the Outbox, where you can open and change them, and leave the first time you are online again.`,
  },
  {
    slug: 'unsure',
    daysAgo: 72,
    subject: 'what "not sure" in the Outbox means',
    body: `Rarely, a connection breaks in the very second between the last byte of a message and the server's "thank you". Then nobody can know whether it was sent.

Other programs send it again, and people get it twice; or they call it sent, and it never arrives. Postrider tells you, keeps the message in the Outbox, and lets you decide. Ask the recipient, or look whether it came back to you as a copy.`,
  },
  {
    slug: 'accounts',
    daysAgo: 86,
    subject: 'several accounts, one window',
    body: `Tools > Accounts lists them all. One of them is the default: it supplies the From of a new message. An answer goes out through the account that the message came to, without your doing.

An account can be left out of "Send and Receive All" in its properties, on the General page. It is then only asked when you choose it by name.`,
  },
]
