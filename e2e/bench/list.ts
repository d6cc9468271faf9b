// Scrolling a folder of 100,000 messages, and the time that a window waits for 100 rows.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openBenchBrowser } from './bench-browser.ts'
import { fillStore } from './fill-store.ts'
import { atMost, quantile, type BenchResult } from './result.ts'
import { startInProcess } from '../../electron/hosts/node/in-process.ts'
import { silentLogger } from '../../electron/engine/log.ts'
import { systemClock } from '../../electron/engine/ports.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'
import { startHost } from '../ui/support/host.ts'

/** 44 px a frame: two rows, about 2,600 px a second, which is as fast as one can still read. */
const calm = { pixels: 44, frames: 300 }

export async function benchList(): Promise<readonly BenchResult[]> {
  const root = mkdtempSync(join(tmpdir(), 'postrider-bench-'))
  try {
    fillStore(root, 100_000)
    const fetches = await fetchTimes(root)
    const frames = await scrollTimes(root)
    return [
      atMost('100 rows at any depth, 95th percentile, nothing else running', quantile(fetches, 0.95), 25),
      atMost('frame while scrolling calmly, 95th percentile', quantile(frames.deltas, 0.95), 34),
      { what: 'frames with a blank row while scrolling calmly', unit: 'frames', ours: frames.blank, goal: 'none', met: frames.blank === 0 },
      { what: 'rows in the document', unit: 'rows', ours: frames.rows, goal: 'at most 120', met: frames.rows <= 120 },
    ]
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** As a window asks: through the contract, frames copied. */
async function fetchTimes(folder: string): Promise<readonly number[]> {
  const { client, close } = await startInProcess({
    dataFolder: folder,
    clock: systemClock,
    secrets: memorySecrets(),
    log: silentLogger,
    version: 'bench',
  })
  const inbox = (await client.call('folders.list', {})).find((each) => each.role === 'inbox')
  if (!inbox) throw new Error('the Inbox is missing')
  const request = { folder: inbox.id, sort: 'received', descending: true, search: null } as const
  const view = await client.call('views.open', { request, count: 100, near: null })
  const times: number[] = []
  for (let run = 0; run < 300; run += 1) {
    const started = performance.now()
    await client.call('views.rows', { view: view.view, from: (run * 7919) % (view.total - 100), count: 100 })
    times.push(performance.now() - started)
  }
  await close()
  return times
}

async function scrollTimes(folder: string): Promise<{ deltas: readonly number[]; blank: number; rows: number }> {
  const browser = await openBenchBrowser()
  const host = await startHost({ dataFolder: folder })
  try {
    const context = await browser.newContext()
    const opened = await context.newPage()
    await opened.firstRows(host.url)
    await opened.settle()
    return await scroll(opened.page)
  } finally {
    await browser.close()
    await host.stop()
  }
}

function scroll(page: Page): Promise<{ deltas: readonly number[]; blank: number; rows: number }> {
  return page.evaluate(async ({ pixels, frames }) => {
    const scroller = document.querySelector('[role="grid"].message-list')
    if (!(scroller instanceof HTMLElement)) throw new Error('there is no message list')
    const deltas: number[] = []
    let blank = 0
    let last = performance.now()
    for (let frame = 0; frame < frames; frame += 1) {
      scroller.scrollTop += pixels
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      deltas.push(now - last)
      last = now
      const box = scroller.getBoundingClientRect()
      const visible = [...scroller.querySelectorAll('[role="row"][data-index]')].filter((row) => {
        const own = row.getBoundingClientRect()
        return own.bottom > box.top && own.top < box.bottom
      })
      if (visible.some((row) => row.classList.contains('is-loading'))) blank += 1
    }
    return { deltas: deltas.slice(2), blank, rows: document.querySelectorAll('[role="grid"] [role="row"]').length }
  }, calm)
}
