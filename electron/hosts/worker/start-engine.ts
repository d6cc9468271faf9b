import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { fromErrorInfo, MailError, toErrorInfo, type ErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { ContentReply } from '../../engine/engine.ts'
import type { Logger } from '../../engine/log.ts'
import type { PolicyFile } from '../../engine/policy/policy-file.ts'
import type { NetworkPort, SecretPort } from '../../engine/ports.ts'
import { environmentNetwork } from '../network/system-proxy.ts'
import { portWire } from '../wires.ts'
import { servePorts } from './port-contract.ts'
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts'

export interface EngineOptions {
  readonly dataFolder: string
  readonly secrets: SecretPort
  /** Left out: what the environment variables say. */
  readonly network?: NetworkPort
  /** What the organization has laid down on this computer. */
  readonly policy?: PolicyFile | undefined
  readonly log: Logger
  readonly version: string
  /** The thread's entry module; tests give their own. */
  readonly entry?: URL
  /** Wait before the nth restart, in ms. */
  readonly backOff?: (attempt: number) => number
}

export interface Crash {
  readonly error: ErrorInfo
  /** false: it crashed too often, and stays down. */
  readonly willRestart: boolean
}

/** The engine in its own thread. A crashed thread is started again; its ports close, and their owners connect anew. */
export interface EngineThread {
  connect(): MessagePort
  /** Message content for a frame, attachments, sources; see Engine.content. */
  content(path: string): Promise<ContentReply>
  shutdown(): Promise<void>
  onCrash(listener: (crash: Crash) => void): () => void
}

const restartsPerMinute = 3
/** Of what a first look at 20,000 messages throws away, V8 would otherwise keep 80 MB before it looks; this costs no time that can be measured. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 }
// Unbuilt (tests, command line) this file and the entry are .ts; bundled, both are .js in one folder.
const defaultEntry = (): URL => new URL(import.meta.url.endsWith('.ts') ? './engine-worker.ts' : './engine-worker.js', import.meta.url)

/** Rejects with the MailError of a start that failed: store in use, newer, damaged, not writable. */
export async function startEngine(options: EngineOptions): Promise<EngineThread> {
  const thread = new RestartingThread(options)
  await thread.start()
  return thread
}

class RestartingThread implements EngineThread {
  readonly #options: EngineOptions
  readonly #crashListeners = new Set<(crash: Crash) => void>()
  readonly #contents = new Map<number, PromiseWithResolvers<ContentReply>>()
  /** Ports that were given out and are still open. */
  readonly #ports = new Set<MessagePort>()
  /** What was asked while the thread was down. */
  #waiting: ToThread[] = []
  #worker: Worker | undefined
  #isStopped = false
  #nextContent = 1
  #crashedAt: number[] = []

  constructor(options: EngineOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { dataFolder, version, policy, secrets, network = environmentNetwork(), entry = defaultEntry() } = this.#options
    const { port1, port2 } = new MessageChannel()
    servePorts({ secrets, network }, portWire(port1))
    const workerData: ThreadData = { dataFolder, version, policy, ports: port2 }
    const worker = new Worker(entry, { workerData, transferList: [port2], name: 'engine', resourceLimits })
    try {
      await this.#untilReady(worker)
    } catch (error) {
      await worker.terminate()
      throw error
    }
    if (this.#isStopped) {
      worker.postMessage({ t: 'shutdown' } satisfies ToThread)
      return
    }
    this.#worker = worker
    this.#watch(worker)
    for (const message of this.#waiting.splice(0)) this.#post(message)
  }

  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel()
    this.#ports.add(port1)
    port1.once('close', () => this.#ports.delete(port1))
    this.#post({ t: 'connect', port: port2 })
    return port1
  }

  content(path: string): Promise<ContentReply> {
    const id = this.#nextContent++
    const answer = Promise.withResolvers<ContentReply>()
    this.#contents.set(id, answer)
    this.#post({ t: 'content', id, path })
    return answer.promise
  }

  shutdown(): Promise<void> {
    if (this.#isStopped) return Promise.resolve()
    const worker = this.#worker
    this.#stop()
    if (!worker) return Promise.resolve()
    return new Promise((resolve) => {
      worker.once('exit', () => resolve())
      worker.postMessage({ t: 'shutdown' } satisfies ToThread)
    })
  }

  onCrash(listener: (crash: Crash) => void): () => void {
    this.#crashListeners.add(listener)
    return () => void this.#crashListeners.delete(listener)
  }

  #post(message: ToThread): void {
    if (this.#isStopped) this.#refuse(message)
    else if (this.#worker) this.#worker.postMessage(message, message.t === 'connect' ? [message.port] : [])
    else this.#waiting.push(message)
  }

  #refuse(message: ToThread): void {
    if (message.t === 'connect') message.port.close()
    if (message.t === 'content') this.#failContent(message.id, gone())
  }

  #failContent(id: number, error: MailError): void {
    this.#contents.get(id)?.reject(error)
    this.#contents.delete(id)
  }

  #stop(): void {
    this.#isStopped = true
    this.#worker = undefined
    for (const message of this.#waiting.splice(0)) this.#refuse(message)
    for (const id of [...this.#contents.keys()]) this.#failContent(id, gone())
  }

  #untilReady(worker: Worker): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        act()
      }
      const onMessage = (message: FromThread) => {
        if (message.t === 'ready') settle(resolve)
        else if (message.t === 'failed') settle(() => reject(fromErrorInfo(message.error)))
        else this.#receive(message)
      }
      const onError = (error: unknown) => settle(() => reject(fromErrorInfo(toErrorInfo(error))))
      const onExit = () => settle(() => reject(gone()))
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    })
  }

  #watch(worker: Worker): void {
    let error: ErrorInfo = { code: 'bug', message: 'The engine ended by itself.', detail: {} }
    worker.on('message', (message: FromThread) => this.#receive(message))
    worker.on('error', (thrown) => {
      error = toErrorInfo(thrown)
    })
    worker.on('exit', () => {
      // A port that was still on its way to the thread would never notice.
      for (const port of this.#ports) port.close()
      if (!this.#isStopped) this.#recover(error)
    })
  }

  #receive(message: FromThread): void {
    if (message.t === 'log') this.#options.log[message.level](message.message, message.facts)
    else if (message.t === 'content-failed') this.#failContent(message.id, fromErrorInfo(message.error))
    else if (message.t === 'content') {
      this.#contents.get(message.id)?.resolve(message.reply)
      this.#contents.delete(message.id)
    }
  }

  #recover(error: ErrorInfo): void {
    this.#worker = undefined
    for (const id of [...this.#contents.keys()]) this.#failContent(id, gone())
    const now = Date.now()
    this.#crashedAt = [...this.#crashedAt.filter((at) => now - at < 60_000), now]
    const attempt = this.#crashedAt.length
    const willRestart = attempt <= restartsPerMinute
    this.#options.log.error('the engine crashed', { message: error.message, attempt, willRestart })
    if (!willRestart) this.#stop()
    for (const listener of this.#crashListeners) listener({ error, willRestart })
    if (!willRestart) return
    const wait = this.#options.backOff ?? ((n) => 250 * 4 ** (n - 1))
    setTimeout(() => {
      if (!this.#isStopped) this.start().catch((failure: unknown) => this.#recover(toErrorInfo(failure)))
    }, wait(attempt))
  }
}

const gone = () => new MailError('engine-gone', 'The mail engine is not running.')
