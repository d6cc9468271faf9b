import './progress.css'

/** Something is under way and nobody knows how long. Without a label a text beside it says so. */
export function Spinner({ label }: { readonly label?: string }) {
  return label ? <span className="spinner" role="img" aria-label={label} /> : <span className="spinner" aria-hidden />
}

/** `total` 0: not known yet. */
export function ProgressBar({ label, done, total }: { readonly label: string; readonly done: number; readonly total: number }) {
  return total > 0 ? (
    <progress className="progress" aria-label={label} value={Math.min(done, total)} max={total} />
  ) : (
    <progress className="progress" aria-label={label} />
  )
}
