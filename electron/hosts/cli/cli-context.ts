import type { Engine } from '../../engine/engine.ts'
import type { Arguments } from './arguments.ts'

export interface CliContext {
  readonly engine: Engine
  readonly args: Arguments
  /** A result, on standard output; a text gets a line end. */
  print(result: string | Uint8Array): void
  /** Progress and remarks, on standard error. */
  note(line: string): void
}
