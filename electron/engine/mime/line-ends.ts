/** Bare LF and bare CR become CRLF, and the last line ends: what SMTP wants (RFC 5321 section 2.3.8). */
export function withCrlf(raw: Buffer): Buffer {
  const text = raw.toString('latin1').replaceAll(/\r\n|\r|\n/g, '\r\n')
  return Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1')
}
