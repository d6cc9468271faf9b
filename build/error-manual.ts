// Writes docs/manual/errors.md from the registry: node build/error-manual.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { errorRegistry, type ErrorEntry } from '../shared/errors/registry.ts'

const page = fileURLToPath(new URL('../docs/manual/errors.md', import.meta.url))

export function errorManual(): string {
  const entries = Object.values(errorRegistry).sort((a, b) => a.spoken.localeCompare(b.spoken, 'en', { numeric: true }))
  return [
    '# When something fails',
    '',
    'Every message about a failure ends in a code such as `NET-3`. Say it on the phone, or look it up here. The numbers that',
    'Outlook Express showed for the same thing stand beside ours.',
    '',
    ...entries.flatMap(section),
  ].join('\n')
}

export function storedManual(): string {
  return readFileSync(page, 'utf8')
}

function section({ spoken, why, what, whoActs, outlookExpress }: ErrorEntry): string[] {
  const older = outlookExpress === undefined ? '' : ` Outlook Express: ${outlookExpress}.`
  return [`## ${spoken}`, '', `${named(why)} ${named(what)}`, '', `Who can mend it: ${whoActs}.${older}`, '']
}

function named(text: string): string {
  return text.replaceAll(/\s*\{(?:server|path|address|port|user)\}/g, (mark) => (/\{server\}/.test(mark) ? '' : ` (${mark.trim().slice(1, -1)})`))
}

if (import.meta.main) writeFileSync(page, errorManual())
