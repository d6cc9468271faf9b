/** What `npm run check` runs, the longest first. Each can be run alone: see the scripts in package.json. */
export const checks = [
  { name: 'types', command: 'tsc -b' },
  { name: 'lint', command: 'oxlint --type-aware --quiet' },
  { name: 'imports', command: 'node build/check-imports.mjs' },
  { name: 'dead code', command: 'knip --no-progress' },
  { name: 'format', command: 'biome format .' },
  { name: 'size', command: 'node build/check-size.mjs' },
  { name: 'words', command: 'node build/check-words.mjs' },
  { name: 'lock file', command: 'node build/check-lock.mjs' },
  { name: 'workflows', command: 'node build/lint-workflows.mjs' },
]
