import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { ContentReply } from '../../engine/engine.ts'
import type { Logger, LogLevel } from '../../engine/log.ts'
import { systemClock, type EnginePorts } from '../../engine/ports.ts'
import { serveEngine, type ServedEngine } from '../serve-engine.ts'
import { portWire } from '../wires.ts'
import { remotePorts } from './port-contract.ts'
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts'

/** The life of an engine thread: create the engine, say so, then serve ports and content until told to stop. */
export async function serveThread(createEngine: (ports: EnginePorts) => Promise<ServedEngine>): Promise<void> {
  const parent = parentPort
  if (!parent) throw new Error('The engine worker must run in a worker thread.')
  const post = (message: FromThread, moved: readonly ArrayBuffer[] = []) => parent.postMessage(message, moved)
  const { dataFolder, version, policy, ports } = workerData as ThreadData
  const log = threadLog(post)

  let engine: ServedEngine
  try {
    engine = await createEngine({ dataFolder, version, policy, log, clock: systemClock, ...remotePorts(portWire(ports)) })
  } catch (error) {
    post({ t: 'failed', error: toErrorInfo(error) })
    ports.close()
    return
  }

  const open = new Set<MessagePort>()
  parent.on('message', (message: ToThread) => {
    switch (message.t) {
      case 'connect':
        open.add(message.port)
        message.port.once('close', () => open.delete(message.port))
        serveEngine(engine, portWire(message.port), log)
        break
      case 'content':
        void answerContent(engine, message.path).then(
          (reply) => post({ t: 'content', id: message.id, reply }, moved(reply)),
          (error: unknown) => post({ t: 'content-failed', id: message.id, error: toErrorInfo(error) }),
        )
        break
      case 'shutdown':
        for (const port of open) port.close()
        void engine
          .close()
          .catch((error: unknown) => log.error('the engine did not close cleanly', { message: toErrorInfo(error).message }))
          .then(() => process.exit(0))
    }
  })
  post({ t: 'ready' })
}

async function answerContent(engine: ServedEngine, path: string): Promise<ContentReply> {
  const { status, headers, body } = await engine.content(path)
  // A view of a larger buffer (Node's pool, a mapped message) is copied: moving would take away what is not ours to give.
  const whole = body.byteLength === body.buffer.byteLength && !(body instanceof Buffer)
  return { status, headers, body: whole ? body : new Uint8Array(body) }
}

const moved = (reply: ContentReply): readonly ArrayBuffer[] => (reply.body.buffer instanceof ArrayBuffer ? [reply.body.buffer] : [])

function threadLog(post: (message: FromThread) => void): Logger {
  const at = (level: LogLevel) => (message: string, facts?: Parameters<Logger['info']>[1]) => post({ t: 'log', level, message, facts })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
