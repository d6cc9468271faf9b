import { readdir, readFile, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { PolicyFile } from '../engine/policy/policy-file.ts'
import { userFullName } from './system-user.ts'

const largestBytes = 1024 * 1024
/** What a policy may name beside itself. */
const kinds = /\.(?:json|xml|mobileconfig|iaf|pem|crt|cer)$/i

/** Where an administrator puts it; only administrators can write there. */
export function policyPath(platform: NodeJS.Platform = process.platform, environment: NodeJS.ProcessEnv = process.env): string {
  if (platform === 'win32') return join(environment.ProgramData ?? 'C:\\ProgramData', 'Postrider', 'policy.json')
  return platform === 'darwin' ? '/Library/Application Support/Postrider/policy.json' : '/etc/postrider/policy.json'
}

/** undefined: there is none. What can't be read is for the engine to tell: the program starts anyway. */
export async function readPolicyFile(path: string = policyPath()): Promise<PolicyFile | undefined> {
  const user = { login: loginName(), fullName: userFullName() }
  try {
    const content = await readFile(path, 'utf8')
    return { path, content, beside: await filesBeside(path), user }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    return { path, content: undefined, beside: {}, user }
  }
}

async function filesBeside(path: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const folder = dirname(path)
  const names = (await readdir(folder)).filter((name) => kinds.test(name) && name !== basename(path))
  const files = await Promise.all(
    names.map(async (name) => {
      const { size } = await stat(join(folder, name))
      return size <= largestBytes ? ([[name, new Uint8Array(await readFile(join(folder, name)))]] as const) : []
    }),
  )
  return Object.fromEntries(files.flat())
}

function loginName(): string {
  try {
    return userInfo().username
  } catch {
    return '' // a user whom the system does not know: the placeholder stays empty
  }
}
