import { createInterface } from 'node:readline/promises'
import type { LogonRequest } from '../../../shared/domain/run.ts'
import type { Engine } from '../../engine/engine.ts'
import type { SecretPort } from '../../engine/ports.ts'
import { fileSecrets } from '../secrets/file-secrets.ts'
import { memorySecrets } from '../secrets/memory-secrets.ts'
import { join } from 'node:path'

/** Passwords that earlier runs were told to remember are read from the file; new ones go there only with --remember. */
export function cliSecrets(dataFolder: string, remember: boolean): SecretPort {
  const file = fileSecrets(join(dataFolder, 'secrets.json'))
  if (remember) return file
  const memory = memorySecrets()
  return {
    get: async (key) => (await memory.get(key)) ?? (await file.get(key)),
    // A provider that renews a token makes the old one worthless: one that was remembered stays remembered.
    set: async (key, secret) => ((await isKeptToken(file, key)) ? file : memory).set(key, secret),
    delete: (key) => memory.delete(key),
  }
}

const isKeptToken = async (file: SecretPort, key: string) => key.endsWith('-oauth') && (await file.get(key)) !== undefined

/** Answers the engine's logon questions: environment first, then standard input; a refused password is not tried twice. */
export function answerLogons(engine: Engine): void {
  engine.on('logonNeeded', (request) => {
    void answer(engine, request)
  })
}

async function answer(engine: Engine, request: LogonRequest): Promise<void> {
  const password = request.reason === 'missing' ? await findPassword(request) : undefined
  engine.parts.passwords.answer(request.request, password === undefined ? undefined : { user: request.user, password, remember: true })
}

async function findPassword({ direction, server, user }: LogonRequest): Promise<string | undefined> {
  const fromEnvironment = direction === 'outgoing' ? process.env.POSTRIDER_SMTP_PASSWORD : process.env.POSTRIDER_PASSWORD
  if (fromEnvironment !== undefined) return fromEnvironment
  process.stderr.write(`Password of ${user} on ${server}: `)
  const lines = createInterface({ input: process.stdin, terminal: false })
  for await (const line of lines) {
    lines.close()
    return line
  }
  return undefined
}
