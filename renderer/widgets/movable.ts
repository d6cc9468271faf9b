import { type PointerEvent, type RefObject, useRef } from 'react'

/** Handlers for a title bar that drags its window; at least the bar stays in reach. */
export function useMovable(target: RefObject<HTMLElement | null>) {
  const offset = useRef({ x: 0, y: 0 })
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const box = target.current
      if (!box || event.button !== 0) return
      const bar = event.currentTarget
      const rect = box.getBoundingClientRect()
      const start = { x: event.clientX - offset.current.x, y: event.clientY - offset.current.y }
      const home = { x: rect.x - offset.current.x, y: rect.y - offset.current.y }
      bar.setPointerCapture(event.pointerId)
      const move = (moved: globalThis.PointerEvent) => {
        const x = between(moved.clientX - start.x, 64 - home.x - rect.width, window.innerWidth - home.x - 64)
        const y = between(moved.clientY - start.y, -home.y, window.innerHeight - home.y - 32)
        offset.current = { x, y }
        box.style.translate = `${x}px ${y}px`
      }
      bar.addEventListener('pointermove', move)
      bar.addEventListener('lostpointercapture', () => bar.removeEventListener('pointermove', move), { once: true })
    },
  }
}

const between = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
