import { type SeededRandom, seededRandom } from './seeded-random.ts'

const common =
  'the of to and a in is it you that for on with as this are be at have not from by we can will your or all was if please an but they one do our about time there my would which so been has more when who out up their what no see other than now could some them then its only new over after any also into most just like work report team project thanks regards draft customer order price date review plan budget question answer server update release version number office travel flight hotel invoice contract monday tuesday friday'.split(
    ' ',
  )
const syllables = 'ka lo mi ren ta su vel or dan pe ki mar el no bri sta fen gul har is jo ond pra qui ros ter un vin wes yar zed'.split(
  ' ',
)

/** Real function words first, then made-up ones, so that an index gets as many different words as real mail gives it. */
const vocabulary: readonly string[] = makeVocabulary()

function makeVocabulary(): readonly string[] {
  const random = seededRandom(1_000_003)
  const words = new Set(common)
  while (words.size < 30_000) words.add(Array.from({ length: 2 + random.below(3) }, () => random.pick(syllables)).join(''))
  return [...words]
}

/** Frequent words are frequent: drawn by a law like Zipf's. */
function word(random: SeededRandom): string {
  const share = random.below(1_000_000) / 1_000_000
  return vocabulary[Math.floor(vocabulary.length ** (share ** 0.9)) - 1] ?? 'the'
}

export function sentence(random: SeededRandom): string {
  const text = Array.from({ length: 6 + random.below(14) }, () => word(random)).join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${random.pick(['.', '.', '.', '?', '!'])}`
}

/** Paragraphs of about this many bytes, wrapped at 72. */
export function prose(random: SeededRandom, bytes: number): string {
  const paragraphs: string[] = []
  for (let length = 0; length < bytes; length += paragraphs.at(-1)?.length ?? 0) {
    paragraphs.push(wrap(Array.from({ length: 2 + random.below(5) }, () => sentence(random)).join(' ')))
  }
  return paragraphs.join('\n\n')
}

function wrap(text: string): string {
  const lines = ['']
  for (const next of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.length + next.length > 72) lines.push(next)
    else lines[lines.length - 1] = line === '' ? next : `${line} ${next}`
  }
  return lines.join('\n')
}
