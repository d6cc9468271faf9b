/** Random numbers that are the same in every run with the same seed (xorshift32). */
export interface SeededRandom {
  /** 0 <= n < limit */
  below(limit: number): number
  /** true in this share of cases, 0 to 1 */
  chance(share: number): boolean
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T
  /** Log-normal, as sizes of mail are: half of the results lie below the median. */
  logNormal(median: number, sigma: number): number
  bytes(count: number): Buffer
}

export function seededRandom(...seeds: readonly number[]): SeededRandom {
  let state = 0x9e3779b9
  const next = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
  for (const seed of seeds) {
    state = Math.imul(state ^ (seed + 1), 2_654_435_761) >>> 0 || 1
    for (let round = 0; round < 4; round += 1) next()
  }
  const unit = () => next() / 4_294_967_296
  const normal = () => (Array.from({ length: 6 }, unit).reduce((sum, part) => sum + part, 0) - 3) * 1.414
  return {
    below: (limit) => Math.floor(unit() * limit),
    chance: (share) => unit() < share,
    pick<T>(choices: readonly T[]): T {
      const chosen = choices[Math.floor(unit() * choices.length)]
      if (chosen === undefined) throw new Error('There is nothing to pick from.')
      return chosen
    },
    logNormal: (median, sigma) => median * Math.exp(normal() * sigma),
    bytes(count) {
      const buffer = Buffer.alloc(count + 4)
      for (let at = 0; at < count; at += 4) buffer.writeUInt32LE(next(), at)
      return buffer.subarray(0, count)
    },
  }
}
