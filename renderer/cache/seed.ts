import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { FolderId } from '../../shared/domain/ids.ts'
import { liveDataOf } from '../live/live-data.ts'
import type { FirstRows } from './database.ts'
import { type LayoutStore, sortOf } from './layout.ts'
import { orderKey, readFirstRows, readFolders } from './mirror.ts'

/** What the main window shows before the engine has answered: folders, and the rows of the folder that was open. */
export async function readSeed(engine: EngineClient, layout: LayoutStore): Promise<FirstRows | undefined> {
  try {
    const folders = await readFolders()
    if (folders.length > 0) liveDataOf(engine).seedFolders(folders)
    const id = Number(/^folder:(\d+)$/.exec(layout.get().place ?? '')?.[1]) as FolderId
    const folder = folders.find((each) => each.id === id)
    if (!folder) return undefined
    const { key, descending } = sortOf(layout.get(), folder)
    return await readFirstRows(id, orderKey(key, descending))
  } catch {
    // Without a mirror the window waits for the engine, which is no great harm.
    return undefined
  }
}
