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
    'Every message about a failure ends in a code such as `NET-3`. Say it on the phone, or look it up here: F1 opens this page at',
    'the code on screen. The numbers that Outlook Express showed for the same thing stand beside ours.',
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

/** There is no particular server or address in a manual. */
function named(text: string): string {
  return text
    .replaceAll('server {server}', 'server')
    .replaceAll('{server}', 'the server')
    .replaceAll(' {address}', '')
    .replaceAll(' {proxy}', '')
    .replaceAll(' on port {port}', '')
    .replaceAll('in {path}', 'in this folder')
    .replaceAll('folder {path}', 'folder')
    .replaceAll('file {path}', 'file')
}

if (import.meta.main) writeFileSync(page, errorManual())
