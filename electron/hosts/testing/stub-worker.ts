// A thread's entry with the stub in place of the engine.
import { serveThread } from '../worker/serve-thread.ts'
import { stubEngine } from './stub-engine.ts'

void serveThread(stubEngine)
