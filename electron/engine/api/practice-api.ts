import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { EngineParts } from './parts.ts'

type PracticeApi = Pick<EngineHandlers, 'practice.fault' | 'practice.choose'>

export function practiceApi({ practice, watch, work }: EngineParts): PracticeApi {
  return {
    'practice.fault': async () => ({ fault: await practice.fault() }),

    async 'practice.choose'({ fault }) {
      const accounts = await practice.choose(fault)
      // What is connected already would not notice.
      for (const { id } of accounts) {
        watch.stop(id)
        work.connections.close(id)
      }
      return null
    },
  }
}
