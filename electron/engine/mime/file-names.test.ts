import { expect, test } from 'vitest'
import { isDangerousFile, safeFileName } from './file-names.ts'

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.doc', 'a.doc'],
  ['', 'attachment.bin'],
  ['..', 'attachment.bin'],
  ['...', 'attachment.bin'],
  ['dir/', 'attachment.bin'],
  [' . hidden . ', 'hidden'],
  ['.bashrc', 'bashrc'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\u200b\ufeff.txt', 'a.txt'],
  ['what?<now>|*:".txt', "what__now____'.txt"],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['com1.tar.gz', '_com1.tar.gz'],
  ['console.txt', 'console.txt'],
  ['Gru\u0308\u00dfe.pdf', 'Gr\u00fc\u00dfe.pdf'],
  ['a\ud800.txt', 'a.txt'],
  ['x.exe. . ', 'x.exe'],
])('%j becomes %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe)
})

test('a long name keeps its ending', () => {
  const name = safeFileName(`${'x'.repeat(5000)}.pdf`)
  expect(name).toBe('x'.repeat(150))
  expect(safeFileName(`${'x'.repeat(400)}.pdf`)).toMatch(/^x{146}\.pdf$/)
})

test.each(['a.exe', 'a.EXE', 'photo.jpg.scr', 'a.exe.', 'a.lnk ', 'a\u202egpj.exe', 'x.js', 'x.docm', 'x.desktop', 'x.html'])(
  '%j is dangerous',
  (name) => {
    expect(isDangerousFile(name)).toBe(true)
  },
)

test.each(['a.pdf', 'exe', 'a.exe.txt', 'photo.jpg', 'notes.docx'])('%j is not', (name) => {
  expect(isDangerousFile(name)).toBe(false)
})
