import { expect, test } from 'vitest'
import { escapeXml, readXml, textOf } from './small-xml.ts'

test('Elements, attributes, entities and CDATA are read', () => {
  const root = readXml('<?xml version="1.0"?><!-- c --><a b="1 &lt; 2"><c>x &amp; y</c><d/><c><![CDATA[<z>&]]></c>&#65;&#x42;</a>')
  expect(root.attributes).toEqual({ b: '1 < 2' })
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([
    ['c', 'x & y'],
    ['d', ''],
    ['c', '<z>&'],
  ])
  expect(root.text).toBe('AB')
  expect(textOf(root, 'c')).toBe('x & y')
})

test('The document type of a property list is passed over', () => {
  const type = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">'
  expect(readXml(`${type}<plist version="1.0"><dict/></plist>`).name).toBe('plist')
})

test.each([
  ['<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>', /can not be read/],
  ['<a>&lol;</a>', /entity that is not known: &lol;/],
  ['<a>&#0;</a>', /entity/],
  ['<a>&constructor;</a>', /entity/],
  ['<a>a & b</a>', /entity/],
  ['<a><b></a></b>', /closes <a>/],
  ['<a>', /not one whole/],
  ['<a/><b/>', /not one whole/],
  ['</a>', /closes/],
  ['text', /not one whole/],
  ['<a b=1/>', /can not be read/],
  ['<a'.repeat(5), /can not be read/],
  ['<a>'.repeat(100), /too many/],
  ['<a>' + '<b/>'.repeat(30_000) + '</a>', /too many/],
  [`<a>${'x'.repeat(2_000_001)}</a>`, /too large/],
])('What is broken or dangerous is refused: %.40s', (document, message) => {
  expect(() => readXml(document)).toThrow(message)
})

test('A long broken document is refused at once', () => {
  const start = performance.now()
  expect(() => readXml(`<a ${'b="c" '.repeat(200_000)}`)).toThrow(/can not be read/)
  expect(() => readXml(`<!--${'-'.repeat(1_000_000)}`)).toThrow(/can not be read/)
  expect(performance.now() - start).toBeLessThan(3000)
})

test('What was escaped is read as it was', () => {
  const text = `a<b>&"c"'d'`
  expect(readXml(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`)).toMatchObject({ attributes: { b: text }, text })
})
