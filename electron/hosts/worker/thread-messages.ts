import type { MessagePort } from 'node:worker_threads'
import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { ContentReply } from '../../engine/engine.ts'
import type { PolicyFile } from '../../engine/policy/policy-file.ts'
import type { LogFacts, LogLevel } from '../../engine/log.ts'

/** What the engine's thread is born with. */
export interface ThreadData {
  readonly dataFolder: string
  readonly version: string
  readonly policy: PolicyFile | undefined
  readonly ports: MessagePort
}

export type ToThread =
  | { readonly t: 'connect'; readonly port: MessagePort }
  | { readonly t: 'content'; readonly id: number; readonly path: string }
  | { readonly t: 'shutdown' }

export type FromThread =
  | { readonly t: 'ready' }
  | { readonly t: 'failed'; readonly error: ErrorInfo }
  | { readonly t: 'content'; readonly id: number; readonly reply: ContentReply }
  | { readonly t: 'content-failed'; readonly id: number; readonly error: ErrorInfo }
  | { readonly t: 'log'; readonly level: LogLevel; readonly message: string; readonly facts: LogFacts | undefined }
