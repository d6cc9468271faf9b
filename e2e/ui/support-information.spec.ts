/** Help > Create Support Information: seen first, then saved, and nothing in it that is nobody's business. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { addAccount } from './support/add-account.ts'
import { withServers } from './support/doctor-servers.ts'
import { sendAndReceive } from './support/engine-of.ts'
import { expectAccessible } from './support/axe.ts'
import { expectTidy } from './support/expect-tidy.ts'
import { chooseFromMenu } from './support/walks/steps.ts'
import { withWindow } from './support/with-window.ts'

// A trace runs scripts in frames; those with mail in them refuse, and say so.
test.use({ trace: 'off' })

test('the support information is previewed and saved, with protocol lines, without passwords and addresses', async ({ browser }) => {
  await withServers(({ pop3, smtp }) =>
    withWindow(
      browser,
      {
        prepare: async (engine) => {
          await addAccount(engine, { name: 'Work', protocol: 'pop3', port: pop3.port, smtpPort: smtp.port })
          await sendAndReceive(engine)
        },
      },
      async ({ page }) => {
        await chooseFromMenu(page, 'Help', 'Create Support Information')
        const dialog = page.getByRole('dialog', { name: 'Support Information' })
        const preview = dialog.getByRole('region', { name: 'What will be saved' })
        await expect(preview).toContainText('C: PASS ***')
        await expectAccessible(page)
        await expectTidy(page)
        const shown = await preview.textContent()
        const [saved] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save as...' }).click()])
        expect(saved.suggestedFilename()).toBe('postrider-support.txt')
        expect(readFileSync(await saved.path(), 'utf8')).toBe(shown)
        expect(shown).toContain('C: USER a***@example.org')
        expect(shown).not.toMatch(/alice|Smith|PASS (?!\*\*\*)/)
        await page.screenshot({ path: 'test-results/support.png' })
      },
    ),
  )
})
