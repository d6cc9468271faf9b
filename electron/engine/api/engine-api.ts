import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { EngineParts } from './parts.ts'

type EngineApi = Pick<
  EngineHandlers,
  'engine.info' | 'changes.since' | 'settings.get' | 'settings.set' | 'runs.start' | 'runs.stop' | 'runs.current'
>

export function engineApi({ store, policy, runs, replayer, watch, work, ports }: EngineParts): EngineApi {
  return {
    'engine.info': () => ({
      storeId: store.id,
      seq: store.seq,
      version: ports.version,
      node: process.versions.node,
      sqlite: process.versions.sqlite ?? '',
    }),
    'changes.since': (position) => store.changesSince(position),
    'settings.get': () => store.settings.get(),

    async 'settings.set'(change) {
      policy.allowSettings(change)
      store.transaction(() => store.settings.set(change))
      if (change.offline === true) {
        replayer.stop()
        watch.stop()
        await runs.stopAll()
        work.connections.close()
      } else if (change.offline === false) replayer.soon()
      return store.settings.get()
    },

    'runs.start': ({ accounts, receive, send }) => ({
      run: runs.start({ accounts, receive, send, isForeground: true, bodies: 'on-demand' }).id,
    }),
    'runs.stop'({ run }) {
      runs.stop(run)
      return null
    },
    'runs.current': () => runs.current(),
  }
}
