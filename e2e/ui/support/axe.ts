import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const rules = {
  everything: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  colours: ['color-contrast'],
}

/**
 * The rules of WCAG 2.2 AA on what is on screen now, message frames left out: their content is other people's.
 * axe's best-practice rules are for documents, which have a heading and landmarks; this is a program's window.
 */
export async function expectAccessible(page: Page, only: keyof typeof rules = 'everything'): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Stays in this page; the other mode opens one more for each look, for the frames that we leave out.
    .setLegacyMode()
    .options({ runOnly: rules[only], resultTypes: ['violations'], preload: false })
    .exclude('iframe')
    .analyze()
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
