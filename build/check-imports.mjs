// Import boundaries, with a guard: a parser that silently finds no modules would find no violations either.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cruise } from 'dependency-cruiser'

const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
const folders = ['electron', 'renderer', 'shared', 'e2e']

/** Violations below `root`, each as { rule, from, to }, and how many files were read. */
export async function findBadImports(root) {
  const { forbidden, options } = rules
  const present = folders.filter((folder) => readdirSync(root).includes(folder))
  const result = await cruise(present, { ...options, baseDir: root, ruleSet: { forbidden }, validate: true })
  const modules = result.output.modules.filter((module) => folders.includes(module.source.split('/')[0]))
  const found = result.output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
  return { found, count: modules.length }
}

function countSources(root) {
  return folders
    .flatMap((folder) => readdirSync(resolve(root, folder), { recursive: true }))
    .filter((name) => /\.tsx?$/.test(name) && !/\.d\.ts$|fixtures/.test(name)).length
}

async function main() {
  const root = process.cwd()
  const { found, count } = await findBadImports(root)
  for (const { rule, from, to } of found) console.error(`${rule}: ${from} -> ${to}`)
  const sources = countSources(root)
  if (count < sources * 0.9) {
    console.error(`Only ${count} of ${sources} files could be read: the check is blind.`)
    process.exitCode = 1
  } else if (found.length > 0) process.exitCode = 1
  console.log(`${count} modules, ${found.length} violations`)
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) await main()
