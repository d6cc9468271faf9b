export interface BenchResult {
  readonly what: string
  readonly unit: string
  readonly ours: number
  readonly peer?: number
  readonly peerName?: string
  /** ours / peer for times, so below 1 is better; peer / ours never appears. */
  readonly ratio?: number
  readonly goal: string
  readonly met: boolean
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** A result whose goal is an upper limit. */
export function atMost(what: string, ours: number, limit: number, unit = 'ms'): BenchResult {
  return { what, unit, ours: rounded(ours), goal: `at most ${limit} ${unit}`, met: ours <= limit }
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
