import { expect, type Page } from '@playwright/test'
import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import { type ImapHands, openImapHands } from '../../servers/imap-hands.ts'
import type { LabWithSmtp } from '../../servers/start-lab.ts'
import { addAccount } from './add-account.ts'

export const letter = (subject: string) =>
  Buffer.from(
    `From: Bob Jones <bob@example.org>\r\nTo: carol@example.org\r\nSubject: ${subject}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n` +
      `Message-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\n\r\nThe text of ${subject}.\r\n`,
  )
export const handsOf = (server: LabWithSmtp): Promise<ImapHands> =>
  openImapHands({ port: server.imap.port, user: 'carol', password: server.user('carol').password })
export const rowOf = (page: Page, name: string | RegExp) => page.getByRole('row', { name })
export const treeOf = (page: Page) => page.getByRole('tree', { name: 'Folders' })
/** A folder of the IMAP account, which comes after Local Folders. */
export const nodeOf = (page: Page, name: string | RegExp) => treeOf(page).getByRole('treeitem', { name }).last()
export const subjects = (raw: readonly Buffer[]) => raw.map((each) => /^Subject: (.*?)\r?$/m.exec(each.toString())?.[1] ?? '').sort()

export async function openInbox(page: Page): Promise<void> {
  await nodeOf(page, /^Inbox/).click()
  await expect(page.getByRole('row', { name: /Letter/ }).first()).toBeVisible()
}

interface Carol {
  readonly server: LabWithSmtp
  readonly imapPort?: number
  readonly smtpPort?: number
}

/** carol's account: the real server, or a way to it that can be cut. */
export function addCarol(engine: EngineClient, { server, imapPort = server.imap.port, smtpPort = server.smtp.relayPort }: Carol) {
  return addAccount(engine, {
    name: 'Work',
    protocol: 'imap',
    port: imapPort,
    smtpPort,
    user: 'carol',
    password: server.user('carol').password,
  })
}

export async function createFolder(page: Page, name: string): Promise<void> {
  await treeOf(page).getByRole('treeitem', { name: 'Work', exact: true }).click()
  await page.keyboard.press('Control+Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Create Folder' })
  await dialog.getByLabel('Folder name').fill(name)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(nodeOf(page, name)).toBeVisible()
}

/** With the keyboard alone: the picker has the focus in its tree, a name is typed. */
export async function placeByKeys(page: Page, folder: string, command: () => Promise<void>): Promise<void> {
  await command()
  const dialog = page.getByRole('dialog', { name: /^(Move|Copy)$/ })
  await expect(dialog.getByRole('tree')).toBeFocused()
  await page.keyboard.type(folder)
  await expect(dialog.getByRole('treeitem', { name: folder, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
}
