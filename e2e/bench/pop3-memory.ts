// What a very large message costs in memory.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Lab } from '../servers/start-lab.ts'
import { presetFor } from './pop3-programs.ts'
import { atMost, type BenchResult } from './result.ts'

const program = fileURLToPath(new URL('receive-large.ts', import.meta.url))
const megabytes = 50

/** The engine has received a few messages before, so that what it needs in any case is there. */
export async function measureMemory(lab: Lab, folder: string): Promise<BenchResult> {
  const { user, password } = lab.user('carol')
  const preset = join(folder, 'memory.json')
  writeFileSync(preset, presetFor({ port: lab.pop3.port, user }))
  for (let number = 0; number < 50; number += 1) lab.deliver('carol', letter(`small ${number}`, 100_000))
  const child = spawn(process.execPath, [program, join(folder, 'memory'), preset], {
    env: { ...process.env, POSTRIDER_PASSWORD: password },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  let report = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') {
      lab.deliver('carol', letter('large', megabytes * 1_000_000))
      child.stdin.write('go\n')
    } else report = line
  }
  await exit
  const { received, grown } = JSON.parse(report) as { received: number; grown: number }
  if (received !== 1) throw new Error(`${received} messages were received instead of the large one.`)
  return atMost(`growth of the engine's memory while a message of ${megabytes} MB arrives`, grown / 1024 / 1024, 32, 'MB')
}

/** With one attachment of about this many bytes in base64. */
function letter(subject: string, bytes: number): Buffer {
  const head = [
    'From: Bob <bob@example.org>',
    'To: Carol <carol@example.org>',
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: application/octet-stream; name="a.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\n')
  const line = `${'QUJD'.repeat(19)}\n`
  return Buffer.from(head + line.repeat(Math.ceil(bytes / line.length)), 'latin1')
}
