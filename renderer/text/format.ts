import { mainWords } from './main.ts'

const day = 86_400_000

export interface DateStyle {
  /** A BCP 47 tag, as the host gives it. */
  readonly language: string
  readonly now: number
  readonly timeZone?: string
}

/** Today and yesterday by name, this week by weekday, else the date: what a list has room for. */
export function shortDate(at: number, style: DateStyle): string {
  const time = formatter(style, { hour: '2-digit', minute: '2-digit' })
  const date = formatter(style, { day: '2-digit', month: '2-digit', year: 'numeric' })
  const daysAgo = calendarDay(style.now, style.timeZone) - calendarDay(at, style.timeZone)
  if (daysAgo === 0) return mainWords.today(time.format(at))
  if (daysAgo === 1) return mainWords.yesterday(time.format(at))
  if (daysAgo > 1 && daysAgo < 7) return `${formatter(style, { weekday: 'short' }).format(at)} ${time.format(at)}`
  return date.format(at)
}

/** With weekday and month in words: for tool tips and the header of a message. */
export function fullDate(at: number, style: Omit<DateStyle, 'now'>): string {
  return formatter(style, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
}

/** KB are rounded up, as in the original: a message is never "0 KB". */
export function sizeText(bytes: number): string {
  const kb = Math.ceil(bytes / 1024)
  if (kb < 1024) return `${Math.max(1, kb)} KB`
  const mb = bytes / 1024 / 1024
  return mb < 1024 ? `${mb.toFixed(1)} MB` : `${(mb / 1024).toFixed(1)} GB`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs far more than using it, and a list uses it a thousand times. */
function formatter({ language, timeZone }: Omit<DateStyle, 'now'>, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`
  const kept = formatters.get(key)
  if (kept) return kept
  const made = new Intl.DateTimeFormat(language || undefined, { ...options, ...(timeZone && { timeZone }) })
  formatters.set(key, made)
  return made
}

/** Days since the epoch where the reader is: a clock change must not turn today into yesterday. */
function calendarDay(at: number, timeZone: string | undefined): number {
  if (!timeZone) {
    const local = new Date(at)
    return Math.floor(Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) / day)
  }
  const parts = formatter({ language: 'en-CA', timeZone }, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
  return Math.floor(Date.parse(`${parts}T00:00:00Z`) / day)
}
