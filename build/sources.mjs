// What the size and word checks look at: files that git knows or would take, of the languages we write.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export function sourceFiles() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { encoding: 'utf8' })
  return listed.split('\0').filter((path) => /\.(?:ts|tsx|mjs|cjs|css)$/.test(path) && existsSync(path))
}
