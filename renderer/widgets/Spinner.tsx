import './progress.css'

/** Something is under way and nobody knows how long. */
export function Spinner({ label }: { readonly label: string }) {
  return <span className="spinner" role="img" aria-label={label} />
}

/** `total` 0: not known yet. */
export function ProgressBar({ label, done, total }: { readonly label: string; readonly done: number; readonly total: number }) {
  return total > 0 ? (
    <progress className="progress" aria-label={label} value={Math.min(done, total)} max={total} />
  ) : (
    <progress className="progress" aria-label={label} />
  )
}
