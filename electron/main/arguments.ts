import { parseArgs } from 'node:util'
import type { DataChoice } from '../hosts/data-folder.ts'

export interface Arguments extends DataChoice {
  /** A preset file for the wizard. */
  readonly preset: string | undefined
  /** The policy file instead of that in the system's own place. */
  readonly policy: string | undefined
}

/** Our own arguments; Chromium's switches and the system's come among them and are left alone. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: { data: { type: 'string' }, practice: { type: 'boolean' }, preset: { type: 'string' }, policy: { type: 'string' } },
  })
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return { data: text(values.data), practice: values.practice === true, preset: text(values.preset), policy: text(values.policy) }
}
