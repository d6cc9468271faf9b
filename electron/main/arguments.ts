import { parseArgs } from 'node:util'
import type { DataChoice } from '../hosts/data-folder.ts'

/** Our own arguments; Chromium's switches and the system's come among them and are left alone. */
export function readArguments(argv: readonly string[]): DataChoice {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: { data: { type: 'string' }, practice: { type: 'boolean' } },
  })
  return { data: typeof values.data === 'string' ? values.data : undefined, practice: values.practice === true }
}
