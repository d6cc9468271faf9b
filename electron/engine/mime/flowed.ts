/** RFC 3676: joins soft-broken lines of one quote depth and removes the stuffing; quote marks are kept. */
export function joinFlowed(text: string, deleteSpace: boolean): string {
  const result: string[] = []
  let paragraph: string[] = []
  let depth = -1
  const finish = () => {
    if (paragraph.length > 0) result.push(quoteMarks(depth) + paragraph.join(''))
    paragraph = []
  }
  for (const raw of text.split(/\r?\n/)) {
    let marks = 0
    while (raw.charCodeAt(marks) === 62) marks++
    const line = raw.slice(raw.charCodeAt(marks) === 32 ? marks + 1 : marks)
    if (marks !== depth) finish()
    depth = marks
    // The signature separator ends in a blank and is never soft.
    const isSoft = line.endsWith(' ') && line !== '-- '
    if (line === '-- ') finish()
    paragraph.push(isSoft && deleteSpace ? line.slice(0, -1) : line)
    if (!isSoft) finish()
  }
  finish()
  return result.join('\n')
}

function quoteMarks(depth: number): string {
  return depth === 0 ? '' : `${'>'.repeat(depth)} `
}
