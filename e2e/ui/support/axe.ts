import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * The rules of WCAG 2.2 AA on what is on screen now, message frames left out: their content is other people's.
 * axe's best-practice rules are for documents, which have a heading and landmarks; this is a program's window.
 */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  const builder = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).exclude('iframe')
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze()
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
