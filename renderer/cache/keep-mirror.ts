import { type ChangeBatch, squash } from '../../shared/changes/change-batch.ts'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import { liveDataOf } from '../live/live-data.ts'
import { applyChanges } from './apply-changes.ts'
import { beginMirror, clearMirror, readPosition, whenIdle, writeFolders } from './mirror.ts'

/** Keeps the mirror in step with the engine, in quiet moments and off the way of everything that is seen. One window does it. */
export function keepMirror(engine: EngineClient): void {
  const live = liveDataOf(engine)
  let pending: { readonly since: number; readonly batch: ChangeBatch } | null = null
  let isScheduled = false

  const flush = async () => {
    isScheduled = false
    const work = pending
    pending = null
    if (!work) return
    const result = await applyChanges(work.batch, work.since)
    const folders = live.folders.get()
    if (result === 'start-over' && folders) await writeFolders([...folders.values()])
  }
  engine.on('changes', (batch) => {
    pending = pending ? { since: pending.since, batch: squash(pending.batch, batch) } : { since: batch.seq - 1, batch }
    if (isScheduled) return
    isScheduled = true
    whenIdle(flush)
  })
  whenIdle(() => catchUp(engine))
  live.onRefresh(() => whenIdle(() => catchUp(engine)))
}

async function catchUp(engine: EngineClient): Promise<void> {
  const [info, position] = await Promise.all([engine.call('engine.info', {}), readPosition()])
  if (position?.storeId === info.storeId && position.seq < info.seq) {
    const missed = await engine.call('changes.since', position)
    if (missed !== 'start-over') await applyChanges(missed, position.seq)
    else await clearMirror()
  }
  await beginMirror({ storeId: info.storeId, seq: info.seq })
  await writeFolders(await engine.call('folders.list', {}))
}
