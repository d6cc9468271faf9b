import { useEffect, useState } from 'react'

/** Pixels of 1rem: everything is sized by it, and rows of a virtual list need the number. */
export function useRootFontSize(): number {
  const [size, setSize] = useState(read)
  useEffect(() => {
    // A box of 1rem tells when the font, the zoom or the system's text size changes.
    const probe = document.createElement('div')
    probe.className = 'rem-probe'
    document.body.append(probe)
    const observer = new ResizeObserver(() => setSize(read()))
    observer.observe(probe)
    return () => {
      observer.disconnect()
      probe.remove()
    }
  }, [])
  return size
}

const read = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

/** The time, fresh enough that "Today" becomes "Yesterday" at midnight. */
export function useClock(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const midnight = new Date(now)
    midnight.setHours(24, 0, 1, 0)
    // Timers stop while a computer sleeps, so a second look once an hour.
    const timer = setTimeout(() => setNow(Date.now()), Math.min(midnight.getTime() - now, 3_600_000))
    return () => clearTimeout(timer)
  }, [now])
  return now
}
