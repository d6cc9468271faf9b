// What a server says before anybody logs on, in its own protocol: greeting, abilities, and the step to TLS.
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Service } from './doctor-patient.ts'
import type { ProbeLine } from './probe-line.ts'

export interface Abilities {
  readonly names: readonly string[]
  /** Ways to log on, in upper case. */
  readonly mechanisms: readonly string[]
}

export interface ServerTalk {
  /** Resolves with the server's words without their code. */
  greeting(line: ProbeLine, signal: AbortSignal): Promise<string>
  abilities(line: ProbeLine, signal: AbortSignal): Promise<Abilities>
  /** Resolves when TLS may begin. */
  beginTls(line: ProbeLine, signal: AbortSignal): Promise<void>
  readonly goodbye: string
}

const pop3: ServerTalk = {
  async greeting(line, signal) {
    const text = await line.read(signal)
    if (/^\+OK\b/i.test(text)) return text.slice(3).trim()
    throw text.startsWith('-ERR') ? refusal(/\[SYS\/PERM/i.test(text) ? 'permission-denied' : 'server-busy', text) : misfit(text)
  },
  async abilities(line, signal) {
    line.write('CAPA')
    const first = await line.read(signal)
    if (!/^\+OK\b/i.test(first)) return { names: [], mechanisms: [] }
    const lines: string[] = []
    for (let next = await line.read(signal); next !== '.'; next = await line.read(signal)) lines.push(next.trim().toUpperCase())
    const sasl = lines.find((each) => /^SASL\b/.test(each)) ?? ''
    return { names: lines, mechanisms: sasl.split(/\s+/).slice(1) }
  },
  async beginTls(line, signal) {
    line.write('STLS')
    const reply = await line.read(signal)
    if (!/^\+OK\b/i.test(reply)) throw refusal('encryption-unavailable', reply)
  },
  goodbye: 'QUIT',
}

const imap: ServerTalk = {
  async greeting(line, signal) {
    const text = await line.read(signal)
    const [, kind = '', rest = ''] = /^\* (OK|PREAUTH|BYE)\b\s*(.*)$/i.exec(text) ?? []
    if (kind.toUpperCase() === 'BYE') throw refusal('server-busy', text)
    if (kind === '') throw misfit(text)
    return rest.replace(/^\[[^\]]*\]\s*/, '')
  },
  async abilities(line, signal) {
    line.write('p1 CAPABILITY')
    const names = new Set<string>()
    for (let next = await line.read(signal); !next.startsWith('p1 '); next = await line.read(signal)) {
      const [, list = ''] = /^\* CAPABILITY (.*)$/i.exec(next) ?? []
      for (const name of list.toUpperCase().split(/\s+/).filter(Boolean)) names.add(name)
    }
    const mechanisms = [...names].filter((name) => name.startsWith('AUTH=')).map((name) => name.slice('AUTH='.length))
    return { names: [...names], mechanisms: names.has('LOGINDISABLED') ? mechanisms : [...mechanisms, 'LOGIN'] }
  },
  async beginTls(line, signal) {
    line.write('p0 STARTTLS')
    for (;;) {
      const reply = await line.read(signal)
      if (!reply.startsWith('p0 ')) continue
      if (!/^p0 OK\b/i.test(reply)) throw refusal('encryption-unavailable', reply)
      return
    }
  },
  goodbye: 'p9 LOGOUT',
}

const smtp: ServerTalk = {
  async greeting(line, signal) {
    const { code, lines } = await smtpReply(line, signal)
    const text = lines.join(' ')
    if (code === 220) return lines[0] ?? ''
    if (code >= 400 && code < 500) throw refusal('server-busy', `${code} ${text}`)
    throw code >= 500 ? refusal('permission-denied', `${code} ${text}`) : misfit(`${code} ${text}`)
  },
  async abilities(line, signal) {
    const { code, lines } = await hello(line, signal)
    if (code !== 250) return { names: [], mechanisms: [] }
    const names = lines.slice(1).map((each) => each.trim().toUpperCase())
    const mechanisms = names.flatMap((each) => /^AUTH[ =](.*)$/.exec(each)?.[1]?.split(/[ =]+/) ?? [])
    return { names, mechanisms: [...new Set(mechanisms)] }
  },
  async beginTls(line, signal) {
    await hello(line, signal)
    line.write('STARTTLS')
    const { code, lines } = await smtpReply(line, signal)
    if (code !== 220) throw refusal('encryption-unavailable', `${code} ${lines.join(' ')}`)
  },
  goodbye: 'QUIT',
}

export const talkOf: Readonly<Record<Service, ServerTalk>> = { pop3, imap, smtp }

/** Whose greeting this is: people mix up the ports of two servers. */
export function serviceSpeaking(line: string): Service | undefined {
  if (/^(\+OK|-ERR)\b/i.test(line)) return 'pop3'
  if (/^\* (OK|BYE|PREAUTH)\b/i.test(line)) return 'imap'
  return /^[245]\d\d[ -]/.test(line) ? 'smtp' : undefined
}

function hello(line: ProbeLine, signal: AbortSignal) {
  line.write('EHLO [127.0.0.1]')
  return smtpReply(line, signal)
}

async function smtpReply(line: ProbeLine, signal: AbortSignal): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = []
  for (;;) {
    const text = await line.read(signal)
    const [, code = '', mark = '', rest = ''] = /^(\d{3})([ -]|$)(.*)$/.exec(text) ?? []
    if (code === '') throw misfit(text)
    lines.push(rest)
    if (mark !== '-') return { code: Number(code), lines }
  }
}

function refusal(code: 'server-busy' | 'permission-denied' | 'encryption-unavailable', reply: string): MailError {
  return new MailError(code, `The server refused: ${reply}`, { reply: reply.slice(0, 200) })
}

function misfit(reply: string): MailError {
  return new MailError('server-misbehaved', 'The server does not speak this protocol.', { reply: reply.slice(0, 200) })
}
