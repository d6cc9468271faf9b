/** Why a typed server name, address or path can't be right, and what was probably meant. */
export interface NameProblem {
  readonly kind: 'empty' | 'malformed' | 'too-long' | 'bad-ip' | 'separator'
  readonly suggestion: string | undefined
}

/** Letters of any script, digits, hyphens and underscores; no hyphen at either end. */
const label = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?$/u

/** Checks a server name or IP address as typed; `undefined` means that it can be used. */
export function serverNameProblem(typed: string): NameProblem | undefined {
  const host = typed.trim()
  if (host === '') return { kind: 'empty', suggestion: undefined }
  if (host.length > 253) return { kind: 'too-long', suggestion: undefined }
  if (isUsableHost(host)) return undefined
  const suggestion = repairedHost(host)
  return {
    kind: /^[\d.]+$/.test(host) ? 'bad-ip' : 'malformed',
    suggestion: suggestion !== host && isUsableHost(suggestion) ? suggestion : undefined,
  }
}

/** Checks an e-mail address as typed; `undefined` means that it can be used. */
export function addressProblem(typed: string): NameProblem | undefined {
  const address = typed.trim()
  if (address === '') return { kind: 'empty', suggestion: undefined }
  if (address.length > 320) return { kind: 'too-long', suggestion: undefined }
  if (isUsableAddress(address)) return undefined
  const suggestion = repairedAddress(address)
  return { kind: 'malformed', suggestion: isUsableAddress(suggestion) ? suggestion : undefined }
}

/** Checks a folder path for an IMAP server; an empty one is fine. It must not end with a hierarchy separator. */
export function folderPathProblem(typed: string): NameProblem | undefined {
  const path = typed.trim()
  if (!/[/\\.]$/.test(path)) return undefined
  return { kind: 'separator', suggestion: path.replace(/[/\\.]+$/, '') || undefined }
}

function isUsableHost(host: string): boolean {
  if (isIpv6(host)) return true
  if (/^[\d.]+$/.test(host)) return isIpv4(host)
  return host.replace(/\.$/, '').split('.').every(isLabel)
}

const isLabel = (part: string): boolean => part.length <= 63 && label.test(part)

function isIpv4(host: string): boolean {
  const parts = host.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

function isIpv6(host: string): boolean {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  if (!/^[\da-f:]*(?:\d+\.\d+\.\d+\.\d+)?$/i.test(bare) || !bare.includes(':')) return false
  const groups = bare.split(':')
  const hasGap = bare.includes('::')
  if (bare.split('::').length > 2 || groups.some((group) => /^[\da-f]{5,}$/i.test(group))) return false
  return hasGap ? groups.length <= 9 : groups.length === 8 || (groups.length === 7 && bare.includes('.'))
}

/** What people type on the phone with the help desk: commas for dots, whole URLs, a port behind the name. */
function repairedHost(host: string): string {
  return host
    .replace(/^[a-z\d]+:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/[,;]/g, '.')
    .replace(/\s+/g, '')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+|[.-]+$/g, '')
}

function isUsableAddress(address: string): boolean {
  const parts = address.split('@')
  const [local = '', domain = ''] = parts
  return parts.length === 2 && /^[^\s@<>,;:()"[\]\\]+$/.test(local) && !/^\.|\.\.|\.$/.test(local) && isUsableHost(domain)
}

function repairedAddress(address: string): string {
  const inBrackets = /<([^<>]*)>\s*$/.exec(address)?.[1] ?? address
  const bare = inBrackets
    .replace(/^mailto:/i, '')
    .replace(/\s+/g, '')
    .replace(/^<|>$/g, '')
    .replace(/@{2,}/g, '@')
  const at = bare.lastIndexOf('@')
  return at < 0 ? bare : `${bare.slice(0, at).replace(/^\.+|\.+$/g, '')}@${repairedHost(bare.slice(at + 1))}`
}
