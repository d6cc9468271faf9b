import { benchParse } from '../../electron/engine/mime/parse.bench.ts'
import type { BenchResult } from './result.ts'

/** Our parser against mailparser, over the SpamAssassin messages. */
export async function benchMime(): Promise<readonly BenchResult[]> {
  return benchParse()
}
