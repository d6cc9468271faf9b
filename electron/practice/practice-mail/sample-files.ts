// Small files for attachments, made in code: a PDF, a picture, a Word document.
import { crc32, deflateSync } from 'node:zlib'

/** One page of Helvetica; the first line is the heading. ASCII only. */
export function pdf(lines: readonly string[]): Buffer {
  const escape = (line: string) => line.replace(/[\\()]/g, '\\$&')
  const shown = lines.map((line, index) => `${index === 0 ? '/F1 18 Tf' : '/F1 11 Tf'} (${escape(line)}) Tj 0 -${index === 0 ? 30 : 18} Td`)
  const content = `BT 60 780 Td ${shown.join(' ')} ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  return Buffer.from(`${body}${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1')
}

export type Colour = readonly [number, number, number]

/** A picture from a function of its pixels. `level` 0 leaves it as large as a photo. */
export function png(
  size: { readonly width: number; readonly height: number; readonly level?: number },
  pixel: (x: number, y: number) => Colour,
): Buffer {
  const { width, height, level = 9 } = size
  const rows = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(pixel(x, y), y * (width * 3 + 1) + 1 + x * 3)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level })), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

/** Sun, sky, sea and sand. The grain makes it compress like a photo, and is the same in every run. */
export function beach(width: number, height: number, grain = 0): Buffer {
  let noise = 12_345
  const level = grain > 0 ? { level: 0 } : {}
  return png({ width, height, ...level }, (x, y) => {
    noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0
    const shade = grain === 0 ? 0 : (noise >>> 16) % grain
    const [u, v] = [x / width, y / height]
    const isSun = (u - 0.75) ** 2 * (width / height) ** 2 + (v - 0.22) ** 2 < 0.012
    const colour: Colour = isSun
      ? [255, 221, 110]
      : v < 0.55
        ? [110 + 110 * v, 170 + 90 * v, 235]
        : v < 0.75
          ? [40, 120 + 60 * v, 160]
          : [224, 200, 150]
    return [mix(colour[0], shade), mix(colour[1], shade), mix(colour[2], shade)]
  })
}

const mix = (value: number, shade: number) => Math.max(0, Math.min(255, Math.round(value - shade)))

/** A picture in one colour with a frame: buttons, logos. */
export function badge(width: number, height: number, colour: Colour): Buffer {
  return png({ width, height }, (x, y) => (x < 3 || y < 3 || x >= width - 3 || y >= height - 3 ? [255, 255, 255] : colour))
}

/** The smallest document that Word and its likes open. */
export function docx(paragraphs: readonly string[]): Buffer {
  const escape = (line: string) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const relations = 'application/vnd.openxmlformats-package.relationships+xml'
  return zip({
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="${relations}"/><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `${declaration}<w:document xmlns:w="${main}"><w:body>${paragraphs.map((line) => `<w:p><w:r><w:t>${escape(line)}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`,
  })
}

/** An archive without compression. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content)
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(label.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, label, data])
    local.push(entry)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, label]))
    offset += entry.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(central.length, 8)
  end.writeUInt16LE(central.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}
