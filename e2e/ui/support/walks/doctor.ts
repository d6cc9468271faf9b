import { expect } from '@playwright/test'
import { fillWizard, withServers } from '../doctor-servers.ts'
import { withWindow } from '../with-window.ts'
import type { Walk } from './walk.ts'

/** The connection doctor in the wizard: a refused log-on, then all well. */
export const doctor: Walk = (browser, look) =>
  withServers(({ pop3, smtp }) =>
    withWindow(browser, {}, async ({ page }) => {
      const wizard = await fillWizard(page, { incoming: pop3.port, outgoing: smtp.port })
      await wizard.getByRole('button', { name: 'Check these settings' }).click()
      await expect(wizard.getByRole('status')).toContainText('AUTH-1')
      await look('doctor-refused', page)
      await wizard.getByRole('button', { name: 'Try alice@example.org' }).click()
      await wizard.getByRole('button', { name: /Next/ }).click()
      await expect(wizard.getByRole('status')).toContainText('Everything works')
      await look('doctor-well', page)
    }),
  )
