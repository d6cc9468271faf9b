// Mail for benchmarks: the same number, seed and profile always give the same bytes.
import iconv from 'iconv-lite'
import { prose, sentence } from './generated-text.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** `small`: about 5 KB of plain text each. `real`: sizes, HTML, attachments, threads and charsets as in real mail, 25 KB on average. */
export type MailProfile = 'small' | 'real'

export interface GeneratedMail {
  /** With LF line ends, as a Maildir keeps it. */
  readonly raw: Buffer
  readonly date: Date
}

const firstNames =
  'Anna Ben Carla Dieter Eva Frank Grace Hugo Ines Jack Karen Liam Maria Noah Olga Paul Quinn Rosa Sven Tina Uwe Vera'.split(' ')
const lastNames = 'Weber Smith Jones Novak Rossi Silva Martin Meyer Larsen Dubois Costa Popov Tanaka Kim Singh Brown Green Walker'.split(
  ' ',
)
const foreign: Readonly<Record<string, string>> = {
  'iso-8859-1': "Grüße aus München, die Übergabe war schön. Où est le café près de l'hôtel?",
  'windows-1252': '“Quoted” prices in € for the naïve façade.',
  'koi8-r': 'Привет, встреча завтра утром в офисе. Спасибо за письмо.',
  'iso-2022-jp': 'こんにちは、あしたのかいぎはじゅうじからです。',
  'utf-8': '你好，明天见。 Καλημέρα. 😀 שלום',
}
const charsets = ['us-ascii', 'us-ascii', 'us-ascii', 'us-ascii', 'us-ascii', 'us-ascii', 'utf-8', ...Object.keys(foreign)]
const firstDay = Date.UTC(2015, 0, 1)
const tenYears = 10 * 365.25 * 86_400_000

/**
 * Planted for searches: "meeting" in 30 %, "quarterly budget review" in 1 %, "zyxwvutique" where number % 7919 = 17, the sender
 * carla.weber@example.org in 2 %.
 */
export function generateMail(number: number, profile: MailProfile, seed = 1): GeneratedMail {
  const random = seededRandom(seed, number)
  const charset = profile === 'small' ? 'us-ascii' : random.pick(charsets)
  const date = new Date(firstDay + Math.floor((number % 100_000) * (tenYears / 100_000)) + random.below(60_000))
  const thread = random.chance(profile === 'small' ? 0.2 : 0.55) && number > 0 ? Math.max(0, number - 1 - random.below(40)) : undefined
  const text = bodyText({ random, number, profile, charset })
  const body = profile === 'small' ? textPart(random, 'plain', { charset, text }) : realBody(random, { charset, text, number })
  return { raw: Buffer.from([...headers({ random, number, seed, date, thread }), ...body, ''].join('\n'), 'latin1'), date }
}

function bodyText(facts: { random: SeededRandom; number: number; profile: MailProfile; charset: string }): string {
  const { random, number, profile, charset } = facts
  const size = profile === 'small' ? 4_300 : Math.min(200_000, Math.max(80, random.logNormal(1_500, 1)))
  return [
    random.chance(0.3) ? 'About the meeting tomorrow.' : '',
    prose(random, size),
    random.chance(0.01) ? 'This belongs to the quarterly budget review, see below.' : '',
    number % 7919 === 17 ? 'zyxwvutique' : '',
    foreign[charset] ?? '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function headers(facts: { random: SeededRandom; number: number; seed: number; date: Date; thread: number | undefined }): readonly string[] {
  const { random, number, seed, date, thread } = facts
  const id = (n: number) => `<${n}.${seed}@generated.example.org>`
  const from = random.chance(0.018) ? 'Carla Weber' : `${random.pick(firstNames)} ${random.pick(lastNames)}`
  const address = `${from.toLowerCase().replace(' ', '.')}@example.org`
  const stamp = date.toUTCString().replace('GMT', '+0000')
  const subject =
    thread === undefined ? sentence(random).slice(0, 8 + random.below(50)) : `Re: ${sentence(seededRandom(seed, thread)).slice(0, 40)}`
  return [
    `Return-Path: <${address}>`,
    `Received: from relay${random.below(9)}.example.net (relay.example.net [192.0.2.${random.below(255)}])\n\tby mail.example.org with ESMTPS; ${stamp}`,
    `From: ${from} <${address}>`,
    'To: Alice Smith <alice@example.org>',
    `Subject: ${subject.trim()}`,
    `Date: ${stamp}`,
    `Message-ID: ${id(number)}`,
    ...(thread === undefined ? [] : [`In-Reply-To: ${id(thread)}`, `References: ${id(thread)}`]),
    ...(random.chance(0.1) ? [`List-Id: <list${random.below(20)}.example.org>`] : []),
    'MIME-Version: 1.0',
  ]
}

interface TextFacts {
  readonly charset: string
  readonly text: string
}

function textPart(random: SeededRandom, kind: 'plain' | 'html', { charset, text }: TextFacts): readonly string[] {
  const bytes = iconv.encode(text, charset === 'iso-2022-jp' ? 'utf-8' : charset)
  const name = charset === 'iso-2022-jp' ? 'utf-8' : charset
  const isAscii = bytes.every((byte) => byte < 128)
  const encoding = isAscii ? '7bit' : random.pick(['quoted-printable', 'base64'])
  const content = encoding === '7bit' ? bytes.toString('latin1') : encoding === 'base64' ? base64(bytes) : quotedPrintable(bytes)
  return [`Content-Type: text/${kind}; charset=${name}`, `Content-Transfer-Encoding: ${encoding}`, '', content]
}

function realBody(random: SeededRandom, facts: TextFacts & { readonly number: number }): readonly string[] {
  const { number, text } = facts
  const html = text.split('\n\n').map((paragraph) => `<p style="font-family:Arial;font-size:13px">${paragraph}</p>`)
  const plain = textPart(random, 'plain', facts)
  const styled = textPart(random, 'html', {
    ...facts,
    text: `<html><body>${html.join('\n')}<img src="https://img.example.net/${number}.png"></body></html>`,
  })
  const body = random.chance(0.6) ? multipart('alternative', number, [plain, styled]) : plain
  if (random.chance(0.1))
    return multipart('mixed', number, [body, ...Array.from({ length: 1 + random.below(2) }, () => attachment(random))])
  if (random.chance(0.03)) return multipart('related', number, [body, inlinePicture(random)])
  return body
}

function multipart(kind: string, number: number, parts: readonly (readonly string[])[]): readonly string[] {
  const boundary = `----=_${kind}_${number}`
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...parts.flatMap((part) => [`--${boundary}`, ...part]),
    `--${boundary}--`,
  ]
}

const files = [
  ['application/pdf', 'filename="report.pdf"'],
  ['image/jpeg', 'filename="photo.jpg"'],
  ['text/csv', 'filename="data.csv"'],
  ['application/zip', 'filename="archive.zip"'],
  ['application/octet-stream', "filename*=utf-8''Angebot%20f%C3%BCr%20Sie.docx"],
] as const

function attachment(random: SeededRandom): readonly string[] {
  const [type, name] = random.pick(files)
  const size = Math.floor(Math.min(2_000_000, Math.max(500, random.logNormal(40_000, 1.3))))
  return [
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; ${name}`,
    'Content-Transfer-Encoding: base64',
    '',
    base64(random.bytes(size)),
  ]
}

function inlinePicture(random: SeededRandom): readonly string[] {
  const picture = base64(random.bytes(2_000 + random.below(6_000)))
  return ['Content-Type: image/png; name=logo.png', 'Content-ID: <logo@generated>', 'Content-Transfer-Encoding: base64', '', picture]
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/(.{76})/g, '$1\n')
}

function quotedPrintable(bytes: Buffer): string {
  const escaped = [...bytes].map((byte) => {
    if (byte === 10) return '\n'
    return byte >= 32 && byte < 127 && byte !== 61 ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
  let column = 0
  return escaped
    .map((piece) => {
      if (piece === '\n') column = 0
      else column += piece.length
      if (column <= 75) return piece
      column = piece.length
      return `=\n${piece}`
    })
    .join('')
}
