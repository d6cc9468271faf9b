const months = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** RFC 5322 4.3 and what else programs wrote into Date headers. Military letters mean nothing (RFC 5322), so UTC. */
const zones: Readonly<Record<string, number>> = {
  ...{ est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 },
  ...{ bst: 60, cet: 60, met: 60, mez: 60, cest: 120, mest: 120, eet: 120, eest: 180, msk: 180, jst: 540, kst: 540, hkt: 480, sgt: 480 },
  ...{ aest: 600, aedt: 660, nzst: 720, nzdt: 780, ist: 330, wet: 0, west: 60 },
}

/** `Tue, 1 Jan 2002 10:00:00 +0100`: day, month, year, time; weekday and seconds may be missing. */
const usual =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})[\s,]+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\.\d+)?\s*([ap]m)?\s*([+-]\s?\d{1,2}:?\d{2}|[a-z]{1,5})?/i
/** `Tue Jan  1 10:00:00 2002`, as asctime writes it, with an optional zone before or after the year. */
const asctime =
  /([a-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+(?:([a-z]{1,5}|[+-]\d{4})\s+)?(\d{4})(?:\s+([+-]\d{4}))?/i
/** `2002-09-14T02:29:32Z`, `2002/09/14 Sat 02:29:32 CDT`. */
const iso = /(\d{4})[-/](\d{2})[-/](\d{2})(?:T|\s+(?:[a-z]{3}\s+)?)(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([a-z]{1,5}|[+-]\d{2}:?\d{2})?/i

/** A Date header as epoch ms; null when nobody could say what it means. */
export function sentDate(header: string): number | null {
  const text = header.length > 200 ? header.slice(0, 200) : header
  const plain = text.includes('(') ? text.replace(/\([^()]*\)/g, ' ') : text
  let match = usual.exec(plain)
  if (match) {
    const [, day, month, year, hour, minute, second, half, zone] = match
    return toTime({ day, month: monthOf(month), year, hour: hourOf(hour, half), minute, second }, zone)
  }
  match = asctime.exec(plain)
  if (match) {
    const [, month, day, hour, minute, second, zone, year, lateZone] = match
    return toTime({ day, month: monthOf(month), year, hour: Number(hour), minute, second }, zone ?? lateZone)
  }
  match = iso.exec(plain)
  if (!match) return null
  const [, year, month, day, hour, minute, second, zone] = match
  return toTime({ day, month: Number(month) - 1, year, hour: Number(hour), minute, second }, zone)
}

interface Parts {
  readonly day: string | undefined
  readonly month: number
  readonly year: string | undefined
  readonly hour: number
  readonly minute: string | undefined
  readonly second: string | undefined
}

function toTime({ day, month, year, hour, minute, second }: Parts, zone: string | undefined): number | null {
  const numbers = { day: Number(day), minute: Number(minute), second: Number(second ?? 0) }
  const isPossible =
    month >= 0 && month < 12 && numbers.day >= 1 && numbers.day <= 31 && hour < 24 && numbers.minute < 60 && numbers.second <= 60
  if (!isPossible) return null
  const time = Date.UTC(fullYear(year ?? ''), month, numbers.day, hour, numbers.minute, numbers.second) - offsetMinutes(zone) * 60_000
  return Number.isFinite(time) ? time : null
}

/** RFC 5322 4.3: two digits up to 49 mean 20xx, other two and all three digits count from 1900; so does 0102, a bug of 2000. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year
  return digits.length === 3 || year < 200 ? 1900 + year : year
}

function offsetMinutes(zone: string | undefined): number {
  if (!zone) return 0
  const match = /^([+-])\s?(\d{1,2}):?(\d{2})$/.exec(zone)
  if (!match) return zones[zone.toLowerCase()] ?? 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  // No place on earth is further away than 14 hours; what claims to be is noise.
  if (minutes > 14 * 60) return 0
  return match[1] === '-' ? -minutes : minutes
}

function monthOf(name: string | undefined): number {
  const at = months.indexOf((name ?? '').toLowerCase())
  return at < 0 || at % 3 !== 0 ? -1 : at / 3
}

function hourOf(hour: string | undefined, half: string | undefined): number {
  const value = Number(hour)
  if (!half) return value
  return (value % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}
