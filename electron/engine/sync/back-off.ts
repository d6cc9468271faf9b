const firstMs = 2000
const mostMs = 5 * 60_000

/** ms before the next try after so many failures in a row; `random` 0 to 1, so that clients of one server don't all come at once. */
export function backOff(failures: number, random: number): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20))
  return Math.round(full * (0.75 + random / 2))
}
