// One word for each thing (the glossary in ARCHITECTURE.md). The other words stand where they are somebody else's:
// a protocol's, a mail header's, a library's, or what a user reads.
import { readFileSync } from 'node:fs'
import { sourceFiles } from './sources.mjs'

const everywhere = /^(?:build|e2e)\/|\.test(?:-d)?\.tsx?$|\/text\//
const rules = [
  {
    word: /\b[Mm]ailbox(?:es)?\b|[a-z]Mailbox|\bmailbox[A-Z]/g,
    say: 'folder',
    allowed: /^electron\/(?:practice|engine\/protocol)\/|^shared\/errors\//,
  },
  {
    // EMAILID is a word of IMAP's (RFC 8474).
    word: /\b[Ee]mails?\b|[a-z]Email(?!Id)|\bemail(?!Id)[A-Z]/g,
    say: 'message (the thing) or address',
    allowed: /^electron\/(?:practice\/|hosts\/cli\/|engine\/accounts\/presets)/,
  },
  { word: /\b[Cc]onversations?\b|[a-z]Conversation/g, say: 'thread', allowed: /^electron\/practice\// },
]
/** A quoted text is a protocol's word or a user's, not a name of ours. */
const quoted = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g

let count = 0
for (const path of sourceFiles()) {
  if (everywhere.test(path)) continue
  const lines = readFileSync(path, 'utf8')
    .replace(quoted, (text) => text.replaceAll(/[^\n]/g, ' '))
    .split('\n')
  for (const { word, say, allowed } of rules) {
    if (allowed.test(path)) continue
    lines.forEach((line, at) => {
      // A waiver is one line with a reason beside the code.
      if (line.includes('words:')) return
      for (const [found] of line.matchAll(word)) {
        count++
        console.error(`${path}:${at + 1}: "${found}"; we say ${say}`)
      }
    })
  }
}
console.log(`${count} words that are not ours`)
if (count > 0) process.exit(1)
