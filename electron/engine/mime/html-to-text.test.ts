import { expect, test } from 'vitest'
import { htmlToText } from './html-to-text.ts'

test.each([
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['One<br>Two<br><br>Three', 'One\nTwo\n\nThree'],
  ['<div>One</div><div>Two <b>bold</b>, three</div>', 'One\nTwo bold, three'],
  ['  lots \n of&nbsp; <i> white </i>   space ', 'lots of white space'],
  ['<ul><li>One<li><p>Two</p></ul>after', '- One\n- Two\n\nafter'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
  ['<a href="https://example.org/x">Here</a> it is', 'Here <https://example.org/x> it is'],
  ['<a href="https://example.org">example.org</a>', 'example.org'],
  ['<a href="mailto:a@b.c">Anna</a>', 'Anna <a@b.c>'],
  ['<a href="javascript:x">Here</a><a name=x>there</a>', 'Herethere'],
  ['<a href=https://x.org/?a=1&amp;b=2><img src=x></a>y', 'y'],
  ['&lt;b&gt; &amp;amp; &eacute;&#233;&#xe9; &hearts; &nosuch; &#128; & x', '<b> &amp; ééé ♥ &nosuch; € & x'],
  ['<style>p{}</style><script>if (a<b) x()</script><title>t</title>text<!-- <p>no</p> -->', 'text'],
  ['<head><style>x</style><title>t</title></head><body>text', 'text'],
  ['<head>no end<body>text', 'text'],
  ['1 < 2 and <3 and a<b', '1 < 2 and <3 and a'],
  ['<p title="a > b">text</p>', 'text'],
  ['<noscript>x', 'x'],
  ['<o:p>office</o:p><hr>x', 'office\n\n-----\n\nx'],
  ['', ''],
])('%j reads %j', (html, text) => {
  expect(htmlToText(html)).toBe(text)
})

test('addresses of links can be left out', () => {
  expect(htmlToText('<a href="https://example.org/x">Here</a>', { links: false })).toBe('Here')
})
