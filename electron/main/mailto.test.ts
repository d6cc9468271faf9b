import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { MailtoLinks } from './mailto.ts'

test('links wait for a window that can show them, whichever way the system hands them over', () => {
  const app = new EventEmitter()
  const links = new MailtoLinks(app as never, ['postrider', '--practice', 'mailto:first@example.org'])
  app.emit('open-url', { preventDefault: () => {} }, 'MAILTO:second@example.org')
  app.emit('open-url', { preventDefault: () => {} }, 'https://example.org/')
  const shown: string[] = []
  links.showWith((url) => shown.push(url))
  links.take('mailto:third@example.org')
  links.showWith(undefined)
  links.take('mailto:fourth@example.org')
  expect(shown).toEqual(['mailto:first@example.org', 'MAILTO:second@example.org', 'mailto:third@example.org'])
  links.showWith((url) => shown.push(url))
  expect(shown.at(-1)).toBe('mailto:fourth@example.org')
})
